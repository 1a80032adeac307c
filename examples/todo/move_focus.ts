/**
 * Moves the focus from an item of a list, which is about to go, to the next
 * one, so that nobody at the keyboard has to start over.
 */
export function focusNeighbour(inside: Element): void {
  const item = inside.closest("li");
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
  const target = neighbour?.querySelector("input") ??
    document.querySelector<HTMLInputElement>("#new-todo");
  target?.focus();
}
