import { brotliCompressSync, constants } from "node:zlib";
import { assert } from "@std/assert";
import { bundleForBrowser } from "./bundle_for_browser.ts";

const BYTES_MAX = 15_360;

Deno.test(`the client zone without a page is at most ${BYTES_MAX} bytes`, async () => {
  const entry = new URL("./notes_client.ts", import.meta.url);
  const text = await bundleForBrowser(entry.pathname);
  const { length } = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  });
  console.log(`${length} bytes, of ${text.length} before brotli`);
  assert(length <= BYTES_MAX, `${length} bytes, want ${BYTES_MAX} at most`);
});
