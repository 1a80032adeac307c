/**
 * The port to the other tabs of a browser: what one has stored, it tells the
 * others, who then read it in the store. What is told is a hint and no more: one
 * that is lost, late or nonsense costs time, and changes nothing.
 *
 * @module
 */

/** Rows that became others: of a path, from a key up to another (`null` is no end). */
export type StoredRange = readonly [
  path: string,
  from: string,
  to: string | null,
];

/** The way to the other tabs of one store. */
export interface TabChannel {
  /** Tells them which rows this tab has stored. */
  tell(stored: readonly StoredRange[]): void;
  /** Neither tells nor hears any more. */
  close(): void;
}

/** Opens the channel of a tab, which hears the others through `on`. */
export type TabChannelMaker = (
  on: (stored: readonly StoredRange[]) => void,
) => TabChannel;
