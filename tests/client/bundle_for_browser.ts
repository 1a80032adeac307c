/** The minified bundle of a module for a browser, as text. */
export async function bundleForBrowser(entry: string): Promise<string> {
  const output = await Deno.makeTempFile({ suffix: ".js" });
  const flags = ["--quiet", "--minify", "--platform", "browser"];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", ...flags, "--output", output, entry],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const text = await Deno.readTextFile(output);
  await Deno.remove(output);
  return text;
}
