/**
 * The last few per cent of a bundle that browsers are sent. The bundler's own
 * minifier looks at one expression at a time; this one sees what is used once,
 * and names things as they pack best.
 *
 * @module
 */

import { minify } from "terser";
import { DeployError, oneLineOf } from "../deploy_error.ts";
import { namesToShorten } from "./inner_names.ts";

/**
 * Rewrites a module, bundled from these files, in fewer bytes; what it does and
 * exports stays.
 */
export async function squeeze(
  path: string,
  sources: readonly string[],
): Promise<void> {
  const text = await Deno.readTextFile(path);
  const names = await namesToShorten(sources);
  const options = {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
    mangle: {
      properties: {
        regex: new RegExp(`^(?:${names.join("|")})$`),
        keep_quoted: true,
      },
    },
  } as const;
  const { code } = await minify(text, options).catch((error) => {
    throw new DeployError({
      code: "bundle-failed",
      doing: "make the page's bundle small",
      path,
      found: oneLineOf(error),
    });
  });
  await Deno.writeTextFile(path, code ?? text);
}
