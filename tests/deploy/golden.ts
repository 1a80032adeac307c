import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("./golden/", import.meta.url);

/**
 * Compares a text with the golden file of that name. `UPDATE_GOLDEN=1` in the
 * environment writes the file instead.
 */
export async function assertGolden(name: string, text: string): Promise<void> {
  const path = fileURLToPath(new URL(name, FOLDER));
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    await Deno.mkdir(FOLDER, { recursive: true });
    return await Deno.writeTextFile(path, text);
  }
  const golden = await Deno.readTextFile(path);
  assertEquals(text, golden, `${name} differs; UPDATE_GOLDEN=1 accepts it`);
}
