/**
 * Takes out what a change of a module left without a user.
 *
 * @module
 */

import {
  applyEdits,
  childrenOf,
  type Edit,
  type Module,
  parseModule,
  type Statement,
  type SyntaxNode,
  textOf,
} from "./syntax.ts";

/** A part of a module that stays or goes as a whole. */
interface Unit {
  /** What it declares; nothing for a part that always stays. */
  readonly names: readonly string[];
  /** What it uses. */
  readonly uses: ReadonlySet<string>;
}

type Variables = Extract<Statement, { type: "VariableDeclaration" }>;

/**
 * Takes out of `after` every import and top-level declaration that something
 * used in `before` and nothing does any more. What nothing used in `before`
 * either stays, since it may be there for its effect.
 */
export function pruneUnreached(before: string, after: string): string {
  const all = unitsOf(parseModule(before));
  const reached = reach(all, all.filter((unit) => unit.names.length === 0));
  const idle = all.filter((unit) => !unit.names.some((n) => reached.has(n)));
  const module = parseModule(after);
  const left = unitsOf(module);
  const roots = left.filter((unit) =>
    unit.names.length === 0 ||
    idle.some((other) => other.names[0] === unit.names[0])
  );
  const needed = reach(left, roots);
  const isGone = (names: readonly string[]) =>
    names.some((name) => reached.has(name)) &&
    !names.some((name) => needed.has(name));
  return applyEdits(
    after,
    module.body.flatMap((statement) => editOf(after, statement, isGone)),
  );
}

function editOf(
  text: string,
  statement: Statement,
  isGone: (names: readonly string[]) => boolean,
): Edit[] {
  if (statement.type !== "VariableDeclaration") {
    const gone = isGone(namesOf(statement));
    return gone ? [{ node: statement, text: "" }] : [];
  }
  const kept = statement.declarations.filter(({ id }) => !isGone(namesIn(id)));
  if (kept.length === statement.declarations.length) return [];
  const declarators = kept.map((declarator) => textOf(text, declarator));
  const rewritten = kept.length === 0
    ? ""
    : `${statement.kind} ${declarators.join(", ")};`;
  return [{ node: statement, text: rewritten }];
}

function unitsOf(module: Module): Unit[] {
  return module.body.flatMap((statement) =>
    statement.type === "VariableDeclaration"
      ? unitsOfVariables(statement)
      : [{ names: namesOf(statement), uses: usesIn(statement) }]
  );
}

function unitsOfVariables(statement: Variables): Unit[] {
  return statement.declarations.map((declarator) => ({
    names: namesIn(declarator.id),
    uses: usesIn(declarator),
  }));
}

/** Every name that is used when `roots` stay. */
function reach(
  units: readonly Unit[],
  roots: readonly Unit[],
): ReadonlySet<string> {
  const reached = new Set<string>(roots.flatMap((unit) => unit.names));
  const open = [...roots];
  for (const unit of open) {
    for (const name of unit.uses) {
      if (reached.has(name)) continue;
      reached.add(name);
      open.push(...units.filter((other) => other.names.includes(name)));
    }
  }
  return reached;
}

/** What a statement declares and could lose; an export is always needed. */
function namesOf(statement: Statement): string[] {
  switch (statement.type) {
    case "ImportDeclaration":
      return statement.specifiers.map((specifier) => specifier.local.name);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return statement.id ? [statement.id.name] : [];
    default:
      return [];
  }
}

/** The names that the left side of a declaration binds. */
function namesIn(pattern: SyntaxNode): string[] {
  if (isIdentifier(pattern)) return [pattern.name];
  return childrenOf(pattern)
    .filter(({ field }) => !["key", "right", "typeAnnotation"].includes(field))
    .flatMap(({ child }) => namesIn(child));
}

function usesIn(node: SyntaxNode): Set<string> {
  const uses = new Set<string>();
  function visit(visited: SyntaxNode) {
    if (isIdentifier(visited)) uses.add(visited.name);
    for (const { field, child } of childrenOf(visited)) {
      if (!isName(visited, field) && !isType(child)) visit(child);
    }
  }
  if (node.type === "ImportDeclaration") return uses;
  visit(node);
  return uses;
}

function isIdentifier(
  node: SyntaxNode,
): node is SyntaxNode & { readonly name: string } {
  return node.type === "Identifier";
}

/** Says whether a field of a part names a thing without reading a variable. */
function isName(node: SyntaxNode, field: string): boolean {
  const isComputed = "computed" in node && node.computed === true;
  switch (field) {
    case "property":
      return !isComputed;
    case "key":
      return !isComputed;
    case "label":
    case "exported":
      return true;
    case "local":
      return node.type !== "ExportSpecifier";
    case "id":
      return node.type !== "VariableDeclarator";
    default:
      return false;
  }
}

/** The parts that TypeScript adds and that hold an expression all the same. */
const TYPED_EXPRESSIONS = new Set([
  "TSAsExpression",
  "TSEnumBody",
  "TSEnumDeclaration",
  "TSEnumMember",
  "TSExportAssignment",
  "TSInstantiationExpression",
  "TSModuleBlock",
  "TSModuleDeclaration",
  "TSNonNullExpression",
  "TSParameterProperty",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

function isType(node: SyntaxNode): boolean {
  return node.type.startsWith("TS") && !TYPED_EXPRESSIONS.has(node.type);
}
