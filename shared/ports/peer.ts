/**
 * The port between nodes that call one another: what an object offers by RPC.
 *
 * @module
 */

/** A node as another node of the kit calls it. */
export interface Peer {
  /**
   * Takes a sealed frame of the node called `from`, and answers with sealed
   * frames in order. It never throws for what it was sent: an exception that
   * crosses between objects keeps both of them awake.
   */
  call(from: string, sealed: Uint8Array): Promise<Uint8Array[]>;
}

/** The nodes of a kind, as a platform gives them. */
export interface PeersByName {
  /** The node of a name, which is made when it is first called. */
  getByName(name: string): Peer;
}
