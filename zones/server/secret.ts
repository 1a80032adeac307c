import { refuse } from "../../shared/protocol/fault_error.ts";

const SECRET_BYTES_MIN = 32;

/** The bytes of a secret of `env`. Throws `FaultError` where it protects nothing. */
export function secretBytes(
  name: string,
  secret: string | undefined,
): Uint8Array {
  const bytes = new TextEncoder().encode(secret ?? "");
  if (bytes.length >= SECRET_BYTES_MIN) return bytes;
  const found = bytes.length === 0 ? "no secret" : "a short secret";
  const wanted = `${SECRET_BYTES_MIN} bytes or more`;
  return refuse("internal", `env.${name}`, found, wanted);
}
