import { useSignal } from "@preact/signals";
import type {
  JSX,
  TargetedFocusEvent,
  TargetedInputEvent,
  TargetedKeyboardEvent,
  TargetedSubmitEvent,
} from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { tellTooLong } from "./todo_text.ts";

/** What the editing of a text needs. */
export interface EditFormProps {
  /** The text as it is. */
  readonly text: string;
  /** Takes the new text, `null` for none, and whether a key ended it. */
  readonly onEnd: (text: string | null, byKey: boolean) => void;
}

/** Edits a text in its place: Enter saves, as leaving does, and Escape does not. */
export function EditForm({ text, onEnd }: EditFormProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const before = useSignal(text).value;
  const isOver = useRef(false);

  // Before the next key: it is the first of the new text.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (newText: string | null, byKey: boolean) => {
    if (isOver.current) return;
    isOver.current = true; // the field's removal is a blur of its own
    onEnd(newText, byKey);
  };
  const save = (value: string, byKey: boolean) => {
    const newText = value.replaceAll(/\s+/g, " ").trim();
    // What was not changed here may have been elsewhere.
    end(newText === "" || newText === before ? null : newText, byKey);
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save(field.current!.value, true);
  };
  const act = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") end(null, true);
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  const leave = (event: TargetedFocusEvent<HTMLTextAreaElement>) => {
    const { value, validity } = event.currentTarget;
    // Whoever leaves a text that is too long finds it as it was left.
    if (value.trim() === "" || validity.valid) save(value, false);
  };
  const write = (event: TargetedInputEvent<HTMLTextAreaElement>) =>
    tellTooLong(event.currentTarget);
  return (
    <form class="row edit" onSubmit={submit}>
      <textarea
        aria-label={`Edit ${before}`}
        ref={field}
        rows={1}
        enterkeyhint="done"
        required
        defaultValue={before}
        onInput={write}
        onKeyDown={act}
        onBlur={leave}
      />
    </form>
  );
}
