/**
 * What a request asks with, or the `FaultError` that says what it lacks.
 *
 * @module
 */

import type { Context } from "hono";
import { refuse } from "../../shared/protocol/fault_error.ts";
import { SUBPROTOCOL } from "../../shared/protocol/version.ts";

const TICKET_PREFIX = "t.";

/** The origin that the worker was reached at. */
export function originOf(c: Context): string {
  return new URL(c.req.url).origin;
}

/** Whether the pages of an origin may ask. */
export function isAllowed(
  c: Context,
  origins: ReadonlySet<string> | null,
  origin: string,
): boolean {
  return origins ? origins.has(origin) : origin === originOf(c);
}

/** Refuses a page of another origin: it could act for whoever visits it. */
export function assertOrigin(
  c: Context,
  origins: ReadonlySet<string> | null,
): void {
  const origin = c.req.header("Origin") ?? "";
  if (isAllowed(c, origins, origin)) return;
  refuse("forbidden", "Origin", origin ? "another" : "none", "the page's own");
}

/** The token in the header. */
export function bearerOf(c: Context): string {
  const header = c.req.header("Authorization") ?? "";
  const [, token] = /^Bearer ([^\s]+)$/i.exec(header) ?? [];
  return token ?? refuse("needs-auth", "Authorization", "none", "Bearer");
}

/** A field of the body's JSON that is a text of some form. */
export async function textOf(
  c: Context,
  field: string,
  form: RegExp,
): Promise<string> {
  const body: unknown = await c.req.json().catch(() => null);
  const value: unknown = typeof body === "object" && body !== null
    ? Reflect.get(body, field)
    : undefined;
  if (typeof value === "string" && form.test(value)) return value;
  return refuse("malformed", `body.${field}`, typeof value, String(form));
}

/** The ticket among the subprotocols that a socket asks for. */
export function ticketOf(c: Context): string {
  if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
    refuse("malformed", "Upgrade", "none", "websocket");
  }
  const protocols = (c.req.header("Sec-WebSocket-Protocol") ?? "").split(",")
    .map((name) => name.trim());
  if (!protocols.includes(SUBPROTOCOL)) {
    const path = "Sec-WebSocket-Protocol";
    refuse("protocol-version", path, "no version of ours", SUBPROTOCOL);
  }
  const ticket = protocols.find((name) => name.startsWith(TICKET_PREFIX));
  return ticket?.slice(TICKET_PREFIX.length) ??
    refuse("needs-auth", "ticket", "none", "one");
}
