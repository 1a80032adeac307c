/**
 * The version of the protocol: a peer that speaks another one is refused.
 *
 * @module
 */

/** Raised whenever the bytes of a message change their meaning. */
export const PROTOCOL_VERSION = 4;

/** What a WebSocket asks for and the object echoes. */
export const SUBPROTOCOL = `zonekit.${PROTOCOL_VERSION}`;
