/**
 * What a server node does to one client's socket.
 *
 * @module
 */

import type { Output } from "../../../shared/node/outcome.ts";
import { logError } from "../ambient.ts";
import type { ServerSocket } from "./platform.ts";

/** What a step may ask of a socket. */
export type SocketOutput = Extract<
  Output,
  { type: "send" | "close" | "attach" }
>;

const OPEN = 1;
const CLOSED_NORMALLY = 1000;
const CLOSED_BY_POLICY = 1008;
const CLOSED_BY_ERROR = 1011;

/** Performs an output on a socket: what fails is that socket's end, and no other's. */
export function performOn(
  ws: ServerSocket,
  output: SocketOutput,
): void {
  try {
    if (output.type === "send") send(ws, output.bytes);
    else if (output.type === "attach") ws.serializeAttachment(output.bytes);
    else if (output.fault) ws.close(CLOSED_BY_POLICY, output.fault.code);
    else ws.close(CLOSED_NORMALLY, "");
  } catch (error) {
    logError(`a server node could not ${output.type}`, error);
    closeFailed(ws);
  }
}

/** A socket that is closing takes nothing more; that it has left is told apart. */
function send(ws: ServerSocket, bytes: Uint8Array): void {
  if (ws.readyState === OPEN) ws.send(bytes);
}

/** Ends a socket that has failed. */
export function closeFailed(ws: ServerSocket): void {
  try {
    ws.close(CLOSED_BY_ERROR, "internal");
  } catch {
    // It is closed already.
  }
}
