/**
 * The version of the protocol: a peer that speaks another one is refused.
 *
 * @module
 */

/** Raised whenever the bytes of a message change their meaning: tests hold it to golden vectors. */
export const PROTOCOL_VERSION = 5;

/** What a WebSocket asks for and the object echoes. */
export const SUBPROTOCOL = `zonekit.${PROTOCOL_VERSION}`;
