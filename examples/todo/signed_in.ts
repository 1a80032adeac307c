import { signal } from "@preact/signals";

/** Who uses this device. */
export interface SignedIn {
  /** The subject of the session, which the user's rows are kept under. */
  readonly user: string;
  /** The name as it was written. */
  readonly name: string;
  /**
   * What the server knows the user by. The sign-in for development gives one
   * that we keep here; an identity provider keeps it for you, in production.
   */
  readonly token: string;
}

const KEPT_AT = "todo.signed-in";

/** Who uses this device; `null` for nobody. It outlasts a reload without a network. */
export const signedIn = signal<SignedIn | null>(readKept());

/** Signs in; throws an `Error` that says to a person why it could not. */
export async function signIn(name: string): Promise<void> {
  const user = userOf(name);
  if (user === "") throw new Error("A name has letters or digits.");
  const response = await fetch("/dev/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user }),
  }).catch(() => null);
  if (response === null) {
    throw new Error("There is no connection, and signing in needs one.");
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || !hasTexts(answer, ["token"])) {
    throw new Error(`The server did not sign you in (${response.status}).`);
  }
  signedIn.value = { user, name: name.trim(), token: answer.token };
  localStorage.setItem(KEPT_AT, JSON.stringify(signedIn.value));
}

/** Signs out. What is stored of the user stays, and what was not sent with it. */
export function signOut(): void {
  localStorage.removeItem(KEPT_AT);
  signedIn.value = null;
}

/** The user of a name: however it is written, the same person. */
function userOf(name: string): string {
  return name.normalize("NFKC").toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "-").replaceAll(/^-+|-+$/g, "");
}

function readKept(): SignedIn | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AT) ?? "null");
    return hasTexts(kept, ["user", "name", "token"]) ? kept : null;
  } catch {
    return null; // whatever was written there, nobody is signed in by it
  }
}

function hasTexts<Name extends string>(
  value: unknown,
  names: readonly Name[],
): value is Record<Name, string> {
  return typeof value === "object" && value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === "string");
}
