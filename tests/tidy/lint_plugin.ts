/**
 * House rules that `deno lint` can check while a file is being written.
 *
 * @module
 */

import { ambientRule } from "./ambient.ts";
import { functionLengthRule } from "./function_length.ts";
import { importDirectionRule } from "./import_direction.ts";

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "function-length": functionLengthRule,
    "import-direction": importDirectionRule,
    "nothing-ambient": ambientRule,
  },
};

export default plugin;
