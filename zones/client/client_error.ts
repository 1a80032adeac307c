import { describe } from "../../shared/codec/describe.ts";
import { WORDS } from "../../shared/codec/words.ts";

/** What a client itself refuses; what the protocol refuses is a `FaultError`. */
export type ClientErrorCode = "bad-option" | "closed";

/** Thrown for a client that cannot be opened as asked, or is closed already. */
export class ClientError extends Error {
  /** Always `ClientError`. */
  override readonly name = "ClientError";
  /** Which kind of error. */
  readonly code: ClientErrorCode;
  /** Where: an option, or the client. */
  readonly path: string;
  /** What was found there; empty where errors have no words. */
  readonly found: string;
  /** What was wanted. */
  readonly wanted: string;

  /** Names the error. */
  constructor(
    code: ClientErrorCode,
    path: string,
    found: string,
    wanted: string,
  ) {
    const where = `${code} at ${path}`;
    super(WORDS ? `${where}: found ${found}, want ${wanted}` : where);
    this.code = code;
    this.path = path;
    this.found = found;
    this.wanted = wanted;
  }
}

/** Throws for an option that is not what it should be. */
export function badOption(name: string, value: unknown, wanted: string): never {
  throw clientError("bad-option", `options.${name}`, describe(value), wanted);
}

/** What every call of a closed client throws. */
export function closedError(): ClientError {
  return clientError("closed", "client", "a closed one", "an open one");
}

function clientError(
  code: ClientErrorCode,
  path: string,
  found: string,
  wanted: string,
): ClientError {
  return new ClientError(
    code,
    path,
    WORDS ? found : "",
    WORDS ? wanted : "",
  );
}
