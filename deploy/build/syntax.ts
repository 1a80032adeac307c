/**
 * Reading a module as a tree, and changing its text where the tree says.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { DeployError, oneLineOf } from "../deploy_error.ts";

/** A module's tree. */
export type Module = ReturnType<typeof parse>["program"];
/** A statement of a module. */
export type Statement = Module["body"][number];
/** An expression. */
export type Expression = Extract<
  Statement,
  { type: "ExpressionStatement" }
>["expression"];

/** Any part of a tree: what all parts have. */
export interface SyntaxNode {
  /** The kind of part. */
  readonly type: string;
  /** Where it begins in the text. */
  readonly start?: number | null;
  /** Where it ends in the text. */
  readonly end?: number | null;
}

/** A piece of text to put in the place of another. */
export interface Edit {
  /** The part that goes. */
  readonly node: SyntaxNode;
  /** What comes in its place. */
  readonly text: string;
}

/** Reads a TypeScript module; a syntax error is a `DeployError`. */
export function parseModule(text: string): Module {
  try {
    return parse(text, { sourceType: "module", plugins: ["typescript"] })
      .program;
  } catch (error) {
    throw new DeployError({
      code: "bad-spec",
      doing: "read app.ts",
      path: "app.ts",
      found: oneLineOf(error),
    });
  }
}

/** The part's text. */
export function textOf(text: string, node: SyntaxNode): string {
  return text.slice(node.start ?? 0, node.end ?? 0);
}

/** The number of the line that a part begins in, from 1. */
export function lineOf(text: string, node: SyntaxNode): number {
  return text.slice(0, node.start ?? 0).split("\n").length;
}

/** Makes all edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const fromTheEnd = [...edits]
    .sort((a, b) => (b.node.start ?? 0) - (a.node.start ?? 0));
  let edited = text;
  for (const { node, text: replacement } of fromTheEnd) {
    edited = edited.slice(0, node.start ?? 0) + replacement +
      edited.slice(node.end ?? 0);
  }
  return edited;
}

/** The parts directly inside a part, each under the field that holds it. */
export function childrenOf(
  node: SyntaxNode,
): { readonly field: string; readonly child: SyntaxNode }[] {
  return Object.entries(node).flatMap(([field, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode)
      .map((child) => ({ field, child }))
  );
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value &&
    typeof value.type === "string" && "start" in value;
}
