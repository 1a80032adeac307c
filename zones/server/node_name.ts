/**
 * The names of server nodes: `<space>/<i>`. All sessions of a user meet at one
 * node where they can, but nothing depends on it.
 *
 * @module
 */

import { hash32 } from "../../shared/codec/hash.ts";

/** What a space may be called. */
export const SPACE_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * The node for a subject among the `nodes` of a space, by rendezvous hashing
 * (Thaler and Ravishankar, 1998): one node more takes its share from all others,
 * and moves nobody else.
 */
export function nodeNameFor(
  space: string,
  subject: string,
  nodes: number,
): string {
  let best = 0;
  let bestScore = -1;
  for (let i = 0; i < nodes; i++) {
    const score = hash32(`${i}/${subject}`);
    if (score > bestScore) [best, bestScore] = [i, score];
  }
  return `${space}/${best}`;
}

/** The space of a node. */
export function spaceOfNode(name: string): string {
  return name.slice(0, name.indexOf("/"));
}
