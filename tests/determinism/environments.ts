/**
 * The same seeds in other processes: under another time zone and locale, and on
 * Node as on Deno. All must give the same digest.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { runDeno } from "../../deploy/build/run_deno.ts";

/** Where seeds are run. */
export interface Environment {
  /** What it is called. */
  readonly name: string;
  /** Whether it is Node that runs them. */
  readonly onNode: boolean;
  /** The time zone and the locale. */
  readonly variables: Readonly<Record<string, string>>;
}

/** All environments. */
export const ENVIRONMENTS: readonly Environment[] = [
  {
    name: "Deno, UTC, C",
    onNode: false,
    variables: { TZ: "UTC", LANG: "C", LC_ALL: "C" },
  },
  {
    name: "Deno, Asia/Kathmandu, tr_TR",
    onNode: false,
    variables: { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR" },
  },
  {
    name: "Node, America/St_Johns, de_DE",
    onNode: true,
    variables: { TZ: "America/St_Johns", LANG: "de_DE.UTF-8", LC_ALL: "de_DE" },
  },
];

const ENTRY = fileURLToPath(new URL("./entry.ts", import.meta.url));
/** As many processes as the digest of an environment is split over. */
const SHARDS = 2;
const DIGEST = 2n ** 64n;

/**
 * The digests of the first seeds, by the name of the environment. They are run
 * from one file, which is bundled for it.
 */
export async function digestsOf(
  seeds: number,
  onDigest: (name: string, digest: string) => void = () => {},
): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir({ prefix: "zonekit-digest-" });
  try {
    const file = `${folder}/entry.mjs`;
    const bundled = await runDeno(["bundle", "-q", "--output", file, ENTRY]);
    if (!bundled.success) throw new Error(bundled.stderr);
    const digests = new Map<string, string>();
    for (const environment of ENVIRONMENTS) {
      const digest = await digestIn(environment, file, seeds);
      digests.set(environment.name, digest);
      onDigest(environment.name, digest);
    }
    return digests;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every process runs its part of the seeds; what they give adds up. */
async function digestIn(
  environment: Environment,
  file: string,
  seeds: number,
): Promise<string> {
  const borders = Array.from(
    { length: SHARDS + 1 },
    (_, i) => Math.floor(seeds * i / SHARDS),
  );
  const parts = await Promise.all(
    Array.from({ length: SHARDS }, (_, i) => {
      const [from, to] = [borders[i]!, borders[i + 1]!];
      return runShard(environment, file, from, to - from);
    }),
  );
  const sum = parts.reduce((all, part) => all + BigInt(`0x${part}`), 0n);
  return (sum % DIGEST).toString(16).padStart(16, "0");
}

async function runShard(
  { onNode, variables }: Environment,
  file: string,
  from: number,
  count: number,
): Promise<string> {
  const args = [file, `${from}`, `${count}`];
  const command = onNode
    ? new Deno.Command("node", { args, env: variables, stderr: "inherit" })
    : new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-config", ...args],
      env: variables,
      stderr: "inherit",
    });
  const { success, stdout } = await command.output();
  if (!success) throw new Error(`seeds from ${from} did not run`);
  return new TextDecoder().decode(stdout).trim();
}
