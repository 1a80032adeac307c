/** The longest text that the rule of `/db/todos` lets through. */
const LENGTH_MAX = 500;

/** Tells the browser, and so the person, that a text is too long to be saved. */
export function tellTooLong(
  field: HTMLInputElement | HTMLTextAreaElement,
): void {
  const { length } = field.value.trim();
  field.setCustomValidity(
    length > LENGTH_MAX
      ? `At most ${LENGTH_MAX} characters; these are ${length}.`
      : "",
  );
}
