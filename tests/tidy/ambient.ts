import { lintedPath } from "./repository.ts";

/** The one file of the core that may read the system's time. */
const SYSTEM_CLOCK = "shared/crdt/system_clock.ts";

/** The simulator's command line: it reads files and real time for the world. */
const SIM_SHELL = "sim/cli/";

/** Globals that bring time, chance, concurrency or a machine with them. */
const AMBIENT = new Set([
  "caches",
  "clearInterval",
  "clearTimeout",
  "console",
  "crypto",
  "Deno",
  "document",
  "fetch",
  "globalThis",
  "indexedDB",
  "localStorage",
  "location",
  "navigator",
  "performance",
  "process",
  "queueMicrotask",
  "self",
  "sessionStorage",
  "setImmediate",
  "setInterval",
  "setTimeout",
  "window",
]);

/** Members of pure globals that are ambient all the same. */
const AMBIENT_MEMBERS = new Set(["Date.now", "Math.random"]);

function isPure(path: string): boolean {
  return /^(shared|sim)\//.test(path) && path !== SYSTEM_CLOCK &&
    !path.startsWith(SIM_SHELL) && !/_(test|bench)\.ts$/.test(path);
}

/** Says whether an identifier only names a member, as in `clock.location`. */
function isMemberName(node: Deno.lint.Identifier): boolean {
  const parent = node.parent;
  switch (parent.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed;
    case "Property":
      return parent.key === node && parent.value !== node && !parent.computed;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "TSMethodSignature":
    case "TSPropertySignature":
      return parent.key === node && !parent.computed;
    default:
      return false;
  }
}

/** Says whether an identifier declares a name of the module's own. */
function isDeclaration(node: Deno.lint.Identifier): boolean {
  const parent = node.parent;
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id === node;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return parent.params.some((param) => param === node);
    default:
      return false;
  }
}

/**
 * Keeps hidden input out of the core and the simulator: time, chance and I/O
 * come in as arguments, so that the same seed gives the same run. A name that
 * the module declares itself, such as a parameter `self`, is not the global.
 */
export const ambientRule: Deno.lint.Rule = {
  create(context) {
    if (!isPure(lintedPath(context.filename))) return {};
    const declared = new Set<string>();
    const used: Deno.lint.Identifier[] = [];
    function report(node: Deno.lint.Node, name: string) {
      const hint = "Take it from the caller, as an argument or through a port";
      context.report({ node, message: `"${name}" is ambient`, hint });
    }
    return {
      Identifier(node) {
        if (!AMBIENT.has(node.name) || isMemberName(node)) return;
        if (isDeclaration(node)) declared.add(node.name);
        used.push(node);
      },
      MemberExpression(node) {
        const name = context.sourceCode.getText(node);
        if (AMBIENT_MEMBERS.has(name)) report(node, name);
      },
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== "Identifier" || callee.name !== "Date") return;
        report(node, "Date()");
      },
      NewExpression(node) {
        const { callee } = node;
        if (callee.type !== "Identifier" || callee.name !== "Date") return;
        if (node.arguments.length === 0) report(node, "new Date()");
      },
      "Program:exit"() {
        for (const node of used) {
          if (!declared.has(node.name)) report(node, node.name);
        }
      },
    };
  },
};
