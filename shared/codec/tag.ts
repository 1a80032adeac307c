/**
 * The first byte of an encoded value, which says how to read the rest. Stored
 * and sent bytes depend on these numbers: they are never given out twice.
 */
export const TAG = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  /** A safe integer: zigzag varint. */
  integer: 4,
  /** Any other finite number, and -0: IEEE 754, big endian. */
  float: 5,
  /** Length, UTF-8. */
  string: 6,
  /** Length, bytes. */
  bytes: 7,
  /** Count, values. */
  array: 8,
  /** Count, then key and value, in key order. */
  object: 9,
  /** Sign, length, magnitude in big endian without leading zeros. */
  bigint: 10,
  /** Milliseconds since 1970: zigzag varint. */
  date: 11,
} as const;

/** How many arrays and objects may stand within one another. */
export const DEPTH_MAX = 64;

/** How many bytes the magnitude of a bigint may have. */
export const BIGINT_BYTES_MAX = 65_536;

/** The one key that means something else than a member when it is assigned. */
export const FORBIDDEN_KEY = "__proto__";
