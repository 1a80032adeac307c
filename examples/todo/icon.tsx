import type { JSX } from "preact";

const PATHS = {
  edit:
    "M3 17v-3.2L13.5 3.3a1.5 1.5 0 0 1 2.1 0l1.1 1.1a1.5 1.5 0 0 1 0 2.1L6.2 17zM11.5 5.3l3.2 3.2",
  delete:
    "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5",
} as const;

/** A small picture on a button that says in words what it does. */
export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
