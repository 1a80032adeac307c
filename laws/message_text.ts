import { bytesOf } from "../shared/codec/writer.ts";
import type { CrdtContract } from "../shared/crdt/contract.ts";
import { hexOf } from "./canonical.ts";

/** A message as text: its changes, by key. */
export function messageText<C, Message, Row, Change>(
  type: CrdtContract<C, Message, Row, Change>,
  message: Message,
): string {
  return [...type.rows(message)]
    .map(([key, change]) =>
      `${key}=${
        hexOf(bytesOf((writer) => type.writeChange(writer, change, "")))
      }`
    )
    .join();
}
