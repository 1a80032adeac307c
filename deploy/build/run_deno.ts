/** What a child of this process left behind. */
export interface Finished {
  /** Whether it said that all went well. */
  readonly success: boolean;
  /** What it wrote on standard output. */
  readonly stdout: string;
  /** What it wrote on standard error. */
  readonly stderr: string;
}

/** Runs Deno itself with arguments, to its end. */
export async function runDeno(
  args: readonly string[],
  options: {
    /** Variables beside those of this process. */
    readonly env?: Readonly<Record<string, string>>;
    /** The folder to run in; this process's when absent. */
    readonly folder?: string;
  } = {},
): Promise<Finished> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { NO_COLOR: "1", ...options.env },
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return {
    success,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
