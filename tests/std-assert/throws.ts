import { inspect } from "node:util";
import { AssertionError, withNote } from "./assertion_error.ts";

/** A class, abstract or not, whose instances are `E`. */
type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/** What a caught value must be; without a class anything thrown will do. */
interface Wanted {
  readonly errorClass: ErrorClass<Error> | undefined;
  readonly msgIncludes: string;
  readonly msg: string | undefined;
}

function parseWanted(
  errorClassOrMsg: ErrorClass<Error> | string | undefined,
  msgIncludes: string | undefined,
  msg: string | undefined,
): Wanted {
  return typeof errorClassOrMsg === "string"
    ? { errorClass: undefined, msgIncludes: "", msg: errorClassOrMsg }
    : { errorClass: errorClassOrMsg, msgIncludes: msgIncludes ?? "", msg };
}

function assertCaught(caught: unknown, wanted: Wanted): void {
  const { errorClass, msgIncludes, msg } = wanted;
  if (!errorClass) return;
  if (!(caught instanceof errorClass)) {
    const found = `Expected an error of class ${errorClass.name}, got ${
      inspect(caught)
    }`;
    throw new AssertionError(withNote(found, msg), { cause: caught });
  }
  if (caught.message.includes(msgIncludes)) return;
  const found = `Expected a message with ${inspect(msgIncludes)}, got ${
    inspect(caught.message)
  }`;
  throw new AssertionError(withNote(found, msg), { cause: caught });
}

/** Asserts that `fn` throws, and returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an `errorClass`, and returns what it threw. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  errorClassOrMsg?: ErrorClass<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const wanted = parseWanted(errorClassOrMsg, msgIncludes, msg);
  try {
    fn();
  } catch (caught) {
    assertCaught(caught, wanted);
    return caught;
  }
  throw new AssertionError(
    withNote("Expected function to throw", wanted.msg),
  );
}

/** Asserts that `fn` rejects, and returns what it rejected with. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
/** Asserts that `fn` rejects with an `errorClass`, and returns the error. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: ErrorClass<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const wanted = parseWanted(errorClassOrMsg, msgIncludes, msg);
  // A synchronous throw is not a rejection, and must not pass for one.
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (caught) {
    const found = "Function threw when expected to reject";
    throw new AssertionError(withNote(found, wanted.msg), { cause: caught });
  }
  try {
    await promise;
  } catch (caught) {
    assertCaught(caught, wanted);
    return caught;
  }
  throw new AssertionError(
    withNote("Expected function to reject", wanted.msg),
  );
}
