import { describe } from "../../codec/describe.ts";
import { assertValue } from "../../codec/value.ts";
import { ValueError } from "../../codec/value_error.ts";
import { crdtError } from "../crdt_error.ts";
import { countOf } from "./elements.ts";
import type { Run } from "./run.ts";
import { runFault } from "./run_codec.ts";

/** Returns a message of runs; throws `CrdtError` for any other. */
export function parseRuns(message: unknown): Map<string, Run<unknown>> {
  if (!(message instanceof Map)) {
    throw crdtError("bad-message", "", describe(message), "a Map of runs");
  }
  for (const [key, run] of message) {
    const path = `[${JSON.stringify(key)}]`;
    if (!isRun(run)) {
      const wanted = "{ head, pieces }";
      throw crdtError("bad-message", path, describe(run), wanted);
    }
    const fault = runFault(key, run);
    if (fault !== null) throw crdtError("bad-message", path, fault, "a run");
    checkElements(run, path);
  }
  return message;
}

function isRun(run: unknown): run is Run<unknown> {
  return isObject(run) && "head" in run && isHead(run.head) &&
    "pieces" in run && Array.isArray(run.pieces) && run.pieces.every(isPiece);
}

function isHead(head: unknown): boolean {
  if (head === null) return true;
  if (!isObject(head) || !("parent" in head) || !("side" in head)) return false;
  const { parent, side } = head;
  if (side !== "left" && side !== "right") return false;
  return parent === null ||
    isObject(parent) && "run" in parent && typeof parent.run === "string" &&
      "at" in parent && isCount(parent.at);
}

function isPiece(piece: unknown): boolean {
  if (!isObject(piece) || !("from" in piece) || !isCount(piece.from)) {
    return false;
  }
  if (!("count" in piece) || !isCount(piece.count)) return false;
  if (!("elements" in piece)) return false;
  const { elements, count } = piece;
  if (elements === null) return true;
  const isList = typeof elements === "string" || Array.isArray(elements);
  return isList && countOf(elements) === count;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function checkElements({ pieces }: Run<unknown>, at: string): void {
  for (const [i, { elements }] of pieces.entries()) {
    try {
      assertValue(elements);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const path = `${at}.pieces[${i}].elements${error.path}`;
      throw crdtError("bad-value", path, error.found, error.wanted);
    }
  }
}
