/** The longest a function may be, its signature and braces included. */
export const FUNCTION_LINES_MAX = 70;

/**
 * Keeps functions short. Only innermost functions are measured: a factory may
 * be long when its parts are short.
 */
export const functionLengthRule: Deno.lint.Rule = {
  create(context) {
    const open: Deno.lint.Node[] = [];
    const outer = new Set<Deno.lint.Node>();
    function enter(node: Deno.lint.Node) {
      const parent = open.at(-1);
      if (parent) outer.add(parent);
      open.push(node);
    }
    function exit(node: Deno.lint.Node) {
      open.pop();
      const lines = context.sourceCode.getText(node).split("\n").length;
      if (outer.has(node) || lines <= FUNCTION_LINES_MAX) return;
      context.report({
        node,
        message: `Function has ${lines} lines, want ${FUNCTION_LINES_MAX}`,
        hint: "Keep control flow here and move computation into leaves",
      });
    }
    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      "FunctionDeclaration:exit": exit,
      "FunctionExpression:exit": exit,
      "ArrowFunctionExpression:exit": exit,
    };
  },
};
