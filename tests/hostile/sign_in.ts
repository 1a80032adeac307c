/**
 * What a page asks of the server before it has a socket.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

/** Posts JSON, from the server's own origin unless told otherwise. */
export async function post(
  address: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return await fetch(address, {
    method: "POST",
    headers: { Origin: new URL(address).origin, ...headers },
    body: JSON.stringify(body),
  });
}

/** Asks for a ticket with a token. */
export async function connect(
  url: string,
  token: string,
  space = "main",
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const authorization = { Authorization: `Bearer ${token}` };
  return await post(
    `${url}/connect`,
    { space },
    { ...authorization, ...headers },
  );
}

/** Signs in as on a developer's machine, and returns the token. */
export async function signIn(url: string, user: string): Promise<string> {
  const response = await post(`${url}/dev/sign-in`, { user });
  assertEquals(response.status, 200);
  const { token } = await response.json() as { token: string };
  return token;
}

/** Gets a ticket for a space. */
export async function ticketFor(
  url: string,
  token: string,
  space = "main",
): Promise<string> {
  const response = await connect(url, token, space);
  assertEquals(response.status, 200);
  const { ticket } = await response.json() as { ticket: string };
  return ticket;
}

/** Opens a socket with these subprotocols, as a page of an origin would. */
export function openSocket(
  url: string,
  protocols: readonly string[],
  origin: string = url,
): WebSocket {
  const address = `${url.replace("http", "ws")}/connect`;
  // The edge platform's types, which the runtime's own bring along, know of no
  // headers here.
  return Reflect.construct(WebSocket, [
    address,
    { protocols, headers: { Origin: origin } },
  ]);
}
