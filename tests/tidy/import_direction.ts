import { type Layer, layerOf, mayImport, mayUse } from "./layers.ts";
import { lintedPath, resolveImport } from "./repository.ts";

/** Says what is wrong with an import, or nothing. */
function faultOf(
  path: string,
  from: Layer,
  specifier: string,
): string | undefined {
  const file = resolveImport(path, specifier);
  if (file === undefined) {
    return mayUse(from, specifier)
      ? undefined
      : `"${from}" must not import the package "${specifier}"`;
  }
  const to = layerOf(file);
  if (!to) return `"${specifier}" leaves the layers of the repository`;
  return mayImport(from, to) ? undefined : `"${from}" must not import "${to}"`;
}

/** Holds every import, static or dynamic, to the table of layers. */
export const importDirectionRule: Deno.lint.Rule = {
  create(context) {
    const path = lintedPath(context.filename);
    const from = layerOf(path);
    function check(node: { source: Deno.lint.Expression | null }) {
      const { source } = node;
      if (source?.type !== "Literal" || !from) return;
      if (typeof source.value !== "string") return;
      const message = faultOf(path, from, source.value);
      if (!message) return;
      const hint = "tests/tidy/layers.ts holds the import direction";
      context.report({ node: source, message, hint });
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
