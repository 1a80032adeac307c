/** A buffer's size: a hundred messages and more. */
const BUFFER_BYTES = 16_384;
/** What takes more has a buffer of its own. */
const SHARED_BYTES_MAX = 1_024;

/**
 * Room for many small lots of bytes in few buffers: where each has a buffer of
 * its own, that takes longer than to write what stands in it. A lot is a view, and
 * holds its buffer. Copy it (`slice`) before you store it, or post it to a worker:
 * a structured clone takes the whole buffer along.
 *
 * ```ts
 * import { BytePool, LWWMap, lwwMap, messageToBytes } from "@zonekit/shared";
 *
 * const pool = new BytePool();
 * const { message } = LWWMap.startEmpty<string>("ann").setValueForKey("a", "b");
 * const bytes = messageToBytes(lwwMap, message!, "ann", pool);
 * console.assert(bytes.byteLength < bytes.buffer.byteLength);
 * ```
 */
export class BytePool {
  #buffer = new ArrayBuffer(0);
  #used = 0;

  /** A copy of the first bytes of these, so many of them. */
  copyOf(bytes: Uint8Array, length: number): Uint8Array {
    if (length > SHARED_BYTES_MAX) return bytes.slice(0, length);
    if (this.#used + length > this.#buffer.byteLength) {
      this.#buffer = new ArrayBuffer(BUFFER_BYTES);
      this.#used = 0;
    }
    const copy = new Uint8Array(this.#buffer, this.#used, length);
    this.#used += length;
    for (let i = 0; i < length; i++) copy[i] = bytes[i]!;
    return copy;
  }
}
