import { brotliCompressSync } from "node:zlib";

/** How large a file is. */
export interface FileSize {
  /** As it is written. */
  readonly bytes: number;
  /** As a browser loads it. */
  readonly brotliBytes: number;
}

/** Measures a file. */
export async function sizeOf(path: string): Promise<FileSize> {
  const content = await Deno.readFile(path);
  return {
    bytes: content.length,
    brotliBytes: brotliCompressSync(content).length,
  };
}

/** Writes a size for a reader. */
export function sizeText({ bytes, brotliBytes }: FileSize): string {
  return `${kilobytes(bytes)}, ${kilobytes(brotliBytes)} brotli`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
