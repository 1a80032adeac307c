import type { Code } from "./codes.ts";

/** Every code with what it means, in words for people. */
export const CODES: Readonly<Record<Code, string>> = {
  "too-large": "a limit of size or count was passed",
  "malformed": "the bytes are no message of this protocol",
  "protocol-version": "the peer speaks another version of the protocol",
  "spec-mismatch": "the peer runs another spec",
  "needs-auth": "there is no valid session",
  "forbidden": "the rules do not allow it",
  "actor-forked": "the number was used for another write",
  "gap": "writes before this one are missing",
  "forged-writer": "a stamp does not bear the author's id",
  "clock-skew": "a stamp is too far ahead of the master's time",
  "unknown-path": "the path names nothing that can be used so",
  "wrong-type": "the message is of another CRDT type",
  "bad-value": "the value is not what the var holds",
  "computation-failed": "the computation threw or gave a wrong effect",
  "mutation-without-result": "a mutator gave undefined",
  "dependent": "a write that this one needs was refused",
  "space-full": "the store has no room",
  "internal": "a broken invariant; nothing was changed",
};
