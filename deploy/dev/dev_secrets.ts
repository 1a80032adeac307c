import { dirname } from "node:path";
import { DeployError } from "../deploy_error.ts";
import { SECRET_NAMES } from "../plan/script.ts";

/** The values of an app's secrets. */
export interface Secrets {
  /** What tickets are signed with. */
  readonly ZONEKIT_TICKET_KEY: string;
  /** What tokens of the sign-in for development are signed with. */
  readonly ZONEKIT_TOKEN_SECRET: string;
}

const SECRET_BYTES = 32;

/**
 * Returns the secrets kept at `path`, which are made up at the first time:
 * with new ones at every start, all signed-in pages would be signed out.
 */
export async function keepDevSecrets(path: string): Promise<Secrets> {
  const kept = await Deno.readTextFile(path).catch(() => null);
  if (kept !== null) return readSecrets(path, kept);
  const secrets: Secrets = {
    ZONEKIT_TICKET_KEY: randomText(),
    ZONEKIT_TOKEN_SECRET: randomText(),
  };
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

function readSecrets(path: string, text: string): Secrets {
  try {
    const kept: unknown = JSON.parse(text);
    if (isSecrets(kept)) return kept;
  } catch {
    // What is no JSON is refused like what holds no secrets.
  }
  throw new DeployError({
    code: "bad-secrets",
    doing: "read the secrets of this machine",
    path,
    found: `${path} does not hold them`,
    wanted: "that file removed, for new ones",
  });
}

function isSecrets(value: unknown): value is Secrets {
  return typeof value === "object" && value !== null &&
    SECRET_NAMES.every((name) => typeof Reflect.get(value, name) === "string");
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
