/** Writes the vectors of a new version of the protocol; those of a version never change. */

import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import { VECTORS, vectors } from "./golden_vectors.ts";

const before = await Deno.readTextFile(VECTORS).catch(() => null);
if (before === null) {
  await Deno.writeTextFile(VECTORS, vectors());
  console.log(`protocol_${PROTOCOL_VERSION}.json is written`);
} else if (before === vectors()) {
  console.log(`protocol_${PROTOCOL_VERSION}.json says what the code does`);
} else {
  console.error(
    `The bytes are no longer those of protocol ${PROTOCOL_VERSION}: ` +
      "raise PROTOCOL_VERSION in shared/protocol/version.ts, and run this again.",
  );
  Deno.exit(1);
}
