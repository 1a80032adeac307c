import { brotliCompressSync, constants } from "node:zlib";
import { assert } from "@std/assert";
import { deployedPage } from "./deployed_page.ts";

/** What the client zone is to weigh. */
const BYTES_AIM = 15_360;
/** What it weighs, to the next hundred: it never grows unnoticed. */
const BYTES_MAX = 22_800;

const PAGE = new URL("./bare_page.ts", import.meta.url);

Deno.test(`the client zone without a page is at most ${BYTES_MAX} bytes`, async () => {
  const page = new TextEncoder().encode(await deployedPage(PAGE));
  const { length } = brotliCompressSync(page, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  });
  console.log(
    `${length} bytes, of ${page.length} before brotli; aim ${BYTES_AIM}`,
  );
  assert(length <= BYTES_MAX, `${length} bytes, want ${BYTES_MAX} at most`);
});
