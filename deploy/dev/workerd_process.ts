/**
 * The workerd processes of this machine, found and ended by the environment
 * that each instance of an app gives its own.
 *
 * This reads `/proc`, so it is for Linux; elsewhere nothing is found, and a
 * workerd outlives a parent that was killed with SIGKILL.
 *
 * @module
 */

/** The variable that holds the name of the instance. */
export const INSTANCE_VARIABLE = "ZONEKIT_INSTANCE";

/** Waits for the end of its input, whatever signals come, and then ends them. */
const WATCHDOG = `
trap '' HUP INT TERM
while read -r line; do :; done
for found in $(grep -ls "$1" /proc/[0-9]*/environ 2>/dev/null); do
  process=\${found#/proc/}
  kill -KILL "\${process%/environ}" 2>/dev/null
done
`;

/** Something that ends workerd when this process is gone. */
export interface Watchdog {
  /** Lets go, and waits for its end; ends workerd if it still runs. */
  release(): Promise<void>;
}

/** Returns the process that runs an instance, or `null` when none is found. */
export function findWorkerd(instance: string): number | null {
  const variable = `${INSTANCE_VARIABLE}=${instance}`;
  for (const pid of processes()) {
    if (readEnvironment(pid).includes(variable)) return pid;
  }
  return null;
}

/**
 * Starts a shell that ends the instance's workerd when this process ends, be
 * it by SIGKILL: the shell's input ends then. Miniflare starts a new workerd
 * for one that died, so the shell looks for it only at the end.
 */
export function startWatchdog(instance: string): Watchdog {
  const shell = new Deno.Command("sh", {
    args: ["-c", WATCHDOG, "zonekit", `${INSTANCE_VARIABLE}=${instance}`],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    async release() {
      await shell.stdin.close();
      await shell.status;
    },
  };
}

function processes(): number[] {
  try {
    return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name))
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/** The variables of a process; none for one that is gone or not ours. */
function readEnvironment(pid: number): string[] {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`).split("\0");
  } catch {
    return [];
  }
}
