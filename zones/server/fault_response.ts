import type { Code, Fault } from "../../shared/protocol/codes.ts";

const STATUS: { readonly [code in Code]?: number } = {
  "malformed": 400,
  "protocol-version": 400,
  "bad-value": 400,
  "needs-auth": 401,
  "forbidden": 403,
  "unknown-path": 404,
  "too-large": 413,
};

/** A fault as the answer to a request: its fields as JSON, and the status that fits. */
export function faultResponse(fault: Fault): Response {
  const { code, path, found, wanted } = fault;
  const status = STATUS[code] ?? 500;
  const headers = new Headers({
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  if (status === 401) headers.set("WWW-Authenticate", "Bearer");
  return Response.json({ code, path, found, wanted }, { status, headers });
}
