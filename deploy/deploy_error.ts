/** What was refused, for a program to branch on. */
export type DeployErrorCode =
  | "unknown-command"
  | "unknown-flag"
  | "bad-argument"
  | "missing-folder"
  | "missing-file"
  | "bad-name"
  | "bad-config"
  | "bad-spec"
  | "place-not-literal"
  | "split-failed"
  | "bundle-failed"
  | "page-not-loaded"
  | "port-taken"
  | "folder-in-use"
  | "bad-secrets"
  | "runtime-failed"
  | "no-login"
  | "no-secrets"
  | "wrangler-failed";

/** What a `DeployError` is made of. */
export interface Refusal {
  /** What was refused. */
  readonly code: DeployErrorCode;
  /** What could not be done, as in "bundle page.ts". */
  readonly doing: string;
  /** What is at fault: a file, a flag, or a place in the spec. */
  readonly path: string;
  /** What stands there. */
  readonly found: string;
  /** What was expected there. */
  readonly wanted?: string;
  /** Lines of a tool that was run, for whoever wants more than one line. */
  readonly detail?: string;
}

/** A fault that the caller can mend; its message is one line and whole. */
export class DeployError extends Error {
  /** What was refused. */
  readonly code: DeployErrorCode;
  /** What is at fault: a file, a flag, or a place in the spec. */
  readonly path: string;
  /** What stands there. */
  readonly found: string;
  /** What was expected there; empty where nothing but its absence was. */
  readonly wanted: string;
  /** Lines of a tool that was run; empty where none was. */
  readonly detail: string;

  /** Makes the error from its parts. */
  constructor(refusal: Refusal) {
    const wanted = refusal.wanted ?? "";
    const sentence = `Cannot ${refusal.doing}: ${refusal.found}`;
    super(oneLine(wanted === "" ? sentence : `${sentence}, want ${wanted}`));
    this.name = "DeployError";
    this.code = refusal.code;
    this.path = refusal.path;
    this.found = refusal.found;
    this.wanted = wanted;
    this.detail = refusal.detail ?? "";
  }
}

/** Says what went wrong in one line, whatever was thrown. */
export function oneLineOf(thrown: unknown): string {
  return oneLine(thrown instanceof Error ? thrown.message : String(thrown));
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, " ");
}
