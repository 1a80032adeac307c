import {
  applyEdits,
  childrenOf,
  type Edit,
  parseModule,
  type SyntaxNode,
} from "./syntax.ts";

/**
 * Rewrites the relative imports and re-exports of a module to absolute
 * addresses, so that its text means the same wherever it is put.
 */
export function absoluteImports(text: string, moduleUrl: URL): string {
  const edits: Edit[] = [];
  function visit(node: SyntaxNode) {
    for (const { field, child } of childrenOf(node)) {
      if (field === "source" && isRelative(child)) {
        const url = new URL(child.value, moduleUrl).href;
        edits.push({ node: child, text: JSON.stringify(url) });
      } else {
        visit(child);
      }
    }
  }
  visit(parseModule(text));
  return applyEdits(text, edits);
}

function isRelative(
  node: SyntaxNode,
): node is SyntaxNode & { readonly value: string } {
  return node.type === "StringLiteral" && "value" in node &&
    typeof node.value === "string" && /^\.{1,2}\//.test(node.value);
}
