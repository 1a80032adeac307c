/**
 * The shipped client without a page: its rows in RAM, one tab, and a link
 * whose pushes can be tampered with on their way.
 *
 * @module
 */

import { RunningClient } from "../../zones/client/running_client.ts";
import type { Client } from "../../zones/client/client.ts";
import type { Link, LinkEvent, LinkMaker } from "../../zones/client/link.ts";
import type { RowStore } from "../../zones/client/row_store.ts";
import type { TabLocks } from "../../zones/client/tab_locks.ts";
import { decodeMessage, encodeMessage } from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import { SUBPROTOCOL } from "../../shared/protocol/version.ts";
import type spec from "./fixture/app.ts";
import { APP } from "./running_fixture.ts";
import { openSocket, signIn, ticketFor } from "./sign_in.ts";

/** What becomes of a write on its way. */
export type Tamper = (write: PushedWrite) => PushedWrite;

/** The fixture's client. */
export type HeadlessClient = Client<typeof spec>;

/** Opens the shipped client of a user, whose pushes go through `tamper`. */
export async function openHeadless(
  url: string,
  user: string,
  tamper: Tamper,
): Promise<HeadlessClient> {
  const ports = {
    store: RAM_ONLY,
    locks: ONE_TAB,
    tabs: () => ({ tell() {}, close() {} }),
    link: tamperedLink(url, user, tamper),
    wake: () => () => {},
  };
  const paths = ["/client/notes", "/client/boxes", "/client/sealed"];
  return await RunningClient.start<typeof spec>(APP, "client", ports, paths);
}

const RAM_ONLY: RowStore = {
  load: () => Promise.resolve([]),
  read: () => Promise.resolve([]),
  write: () => Promise.resolve(),
  close: () => {},
};

const ONE_TAB: TabLocks = {
  take: () => Promise.resolve(true),
  wait: () => {},
  close: () => {},
};

function tamperedLink(url: string, user: string, tamper: Tamper): LinkMaker {
  return (on) => {
    let socket: WebSocket | null = null;
    const link: Link = {
      dial: () =>
        void listen(url, user, on).then(
          (opened) => socket = opened,
          () => on({ type: "unlinked", fault: null }),
        ),
      send(bytes) {
        const message = decodeMessage(bytes);
        const sent = message.type === "push"
          ? { ...message, writes: message.writes.map(tamper) }
          : message;
        socket?.send(new Uint8Array(encodeMessage(sent)));
      },
      ping: () => socket?.send("ping"),
      hangUp: () => socket?.close(),
    };
    return link;
  };
}

async function listen(
  url: string,
  user: string,
  on: (event: LinkEvent) => void,
): Promise<WebSocket> {
  const ticket = await ticketFor(url, await signIn(url, user));
  const socket = openSocket(url, [SUBPROTOCOL, `t.${ticket}`]);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => on({ type: "linked" }));
  socket.addEventListener("message", ({ data }) => {
    if (data === "pong") on({ type: "pong" });
    else on({ type: "frame", bytes: new Uint8Array(data) });
  });
  return socket;
}
