/**
 * Finds where in the text of `app.ts` a function of the spec is written.
 *
 * Only what stands there as a literal can be taken out with certainty: the
 * spec in the default export, or a constant of the same file at any step of
 * the way. Whatever comes from elsewhere (an import, a spread, a computed
 * name) is refused, since it would reach a bundle that must not hold it.
 *
 * @module
 */

import { DeployError } from "../deploy_error.ts";
import {
  type Expression,
  lineOf,
  type Module,
  type SyntaxNode,
} from "./syntax.ts";
import { type Place, placeText } from "./target.ts";

type ObjectLiteral = Extract<Expression, { type: "ObjectExpression" }>;
type Member = ObjectLiteral["properties"][number];
/** A member that a function can be the value of. */
export type NamedMember = Exclude<Member, { type: "SpreadElement" }>;

/** A module that is searched. */
export interface Source {
  /** Its text. */
  readonly text: string;
  /** The tree of that text. */
  readonly module: Module;
}

/** What is searched, and for which function: what a refusal has to say. */
interface Search extends Source {
  readonly place: Place;
}

/** Returns every member that writes the function at `place`. */
export function findFunction(source: Source, place: Place): NamedMember[] {
  const search = { ...source, place };
  let found = defaultExport(search);
  for (const key of ["zones", ...place.slice(0, -1)]) {
    found = typeof key === "number"
      ? elementAt(search, found, key)
      : valueOf(search, found, key);
  }
  return membersOf(search, found, String(place.at(-1)));
}

function defaultExport(search: Search): Expression {
  for (const statement of search.module.body) {
    if (statement.type === "ExportDefaultDeclaration") {
      const { declaration } = statement;
      if (isExpression(declaration)) return declaration;
      refuse(search, declaration, "a default export that is no expression");
    }
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type !== "ExportSpecifier") continue;
      if (nameOf(specifier.exported) !== "default") continue;
      if (!statement.source) {
        return constant(search, nameOf(specifier.local), specifier);
      }
      refuse(search, statement, "a default export of another module");
    }
  }
  return refuse(search, search.module, "no default export");
}

/** The expression that a key of an object has. */
function valueOf(search: Search, object: Expression, key: string): Expression {
  const member = membersOf(search, object, key).at(-1);
  if (member?.type === "ObjectProperty" && isExpression(member.value)) {
    return member.value;
  }
  return refuse(search, member ?? object, `"${key}" as a method`);
}

/** The expression that an index of an array has. */
function elementAt(
  search: Search,
  array: Expression,
  index: number,
): Expression {
  const literal = literalOf(search, array);
  if (literal.type !== "ArrayExpression") {
    refuse(search, literal, describe(literal));
  }
  const before = literal.elements.slice(0, index + 1);
  const spread = before.find((element) => element?.type === "SpreadElement");
  if (spread) refuse(search, spread, "a spread");
  const element = before[index];
  if (element && isExpression(element)) return element;
  return refuse(search, literal, `no element ${index}`);
}

/** Every member of an object under a key; the last one counts. */
function membersOf(
  search: Search,
  object: Expression,
  key: string,
): NamedMember[] {
  const literal = literalOf(search, object);
  if (literal.type !== "ObjectExpression") {
    refuse(search, literal, describe(literal));
  }
  const members = literal.properties;
  const named = members.filter(isNamed).filter((member) =>
    nameOf(member.key) === key
  );
  const last = named.at(-1);
  // What stands behind the last member of that name may replace it.
  const unclear = members.slice(last ? members.indexOf(last) : 0)
    .find((member) => !isNamed(member));
  if (unclear) {
    const isSpread = unclear.type === "SpreadElement";
    refuse(search, unclear, isSpread ? "a spread" : "a computed name");
  }
  return last ? named : refuse(search, literal, `no "${key}"`);
}

/** What an expression comes to, through constants, casts and `defineApp`. */
function literalOf(search: Search, expression: Expression): Expression {
  switch (expression.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return literalOf(search, expression.expression);
    case "Identifier":
      return literalOf(search, constant(search, expression.name, expression));
    case "CallExpression": {
      const [argument] = expression.arguments;
      if (argument && isExpression(argument)) {
        return literalOf(search, argument);
      }
      return refuse(search, expression, "a call without an argument");
    }
    default:
      return expression;
  }
}

/** What a top-level constant was given. */
function constant(search: Search, name: string, at: SyntaxNode): Expression {
  for (const statement of search.module.body) {
    const declaration = statement.type === "ExportNamedDeclaration"
      ? statement.declaration
      : statement;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) {
      if (nameOf(id) !== name || !init) continue;
      if (declaration.kind === "const") return init;
      refuse(search, declaration, `${declaration.kind} ${name}`);
    }
  }
  return refuse(search, at, `"${name}", which is no constant of this file`);
}

function refuse(search: Search, node: SyntaxNode, found: string): never {
  const path = placeText(search.place);
  throw new DeployError({
    code: "place-not-literal",
    doing: `tell whose function ${path} is`,
    path,
    found: `${found} at app.ts:${lineOf(search.text, node)}`,
    wanted: "it written out in an object literal of app.ts itself",
  });
}

function isNamed(member: Member): member is NamedMember {
  if (member.type === "SpreadElement") return false;
  return !member.computed || member.key.type === "StringLiteral";
}

/** The name or the quoted name that a part is; empty for any other part. */
function nameOf(node: SyntaxNode): string {
  if (node.type === "Identifier" && "name" in node) return String(node.name);
  if (node.type === "StringLiteral" && "value" in node) {
    return String(node.value);
  }
  return "";
}

function describe(node: SyntaxNode): string {
  const words = node.type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
  return `${/^[AEIOU]/.test(words) ? "an" : "a"} ${words.toLowerCase()}`;
}

/** Patterns, declarations and spreads stand where expressions may stand too. */
function isExpression(node: SyntaxNode): node is Expression {
  return !/(Declaration|Declare\w+|Pattern|Element)$/
    .test(node.type);
}
