/**
 * The limits of the protocol, in one place for every target. Production is
 * stricter than local workerd, so the kit holds these itself.
 *
 * @module
 */

/** A frame that a client sends. */
export const FRAME_BYTES_MAX = 512 * 1024;
/** Parts go into one message up to so many bytes; the rest comes in the next. */
export const LIVE_BYTES_MAX = 1024 * 1024;
/** The rows of a computed value: it travels whole. */
export const VALUE_BYTES_MAX = 4 * 1024 * 1024;
/** Any message; what is longer is not read at all. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
/** What one author may send as one write. */
export const WRITE_BYTES_MAX = 256 * 1024;
/** What a write does in all, in bytes of rows: an event's computation may make more than was sent. */
export const EFFECTS_BYTES_MAX = 1024 * 1024;
/** The body of one row: below the 2 MB of SQLite on the edge. */
export const ROW_BYTES_MAX = 256 * 1024;
/** The rows of one write. */
export const WRITE_ROWS_MAX = 1_000;
/** A key, in UTF-8 bytes. */
export const KEY_BYTES_MAX = 1_024;
/** The id of a node or an actor, in ASCII characters. */
export const ID_LENGTH_MAX = 64;
/** A path, in characters. */
export const PATH_LENGTH_MAX = 256;
/** The writes in one push. */
export const PUSH_WRITES_MAX = 256;
/** The ranges a consumer may want at a time. */
export const WANTS_MAX = 65_536;
/** How far a stamp may run ahead of the master's time. */
export const SKEW_MS_MAX = 60_000;
/** A day. */
export const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * How long the master remembers what is gone, by its own time. A write must be a
 * day younger, and what is forgotten is a day older: so no two clocks, and no
 * catch-up that takes its time, can disagree about it.
 */
export const HORIZON_MS = 90 * DAY_MS;
/** Rows in a page of a catch-up. */
export const PAGE_ROWS_MAX = 512;
/** Bytes in a page of a catch-up. */
export const PAGE_BYTES_MAX = 96 * 1024;
