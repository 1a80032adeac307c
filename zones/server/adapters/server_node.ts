/**
 * A server node on Cloudflare's platform: the class of a Durable Object.
 *
 * @module
 */

// @ts-types="./platform.ts"
import { DurableObject } from "cloudflare:workers";
import type { Peer } from "../../../shared/ports/peer.ts";
import type { AppSpec } from "../../../shared/spec/app_spec.ts";
import { deployableApp } from "../../../shared/spec/deployable.ts";
import type { ServerEnv } from "../server_env.ts";
import { zoneOfNodes } from "../zone_of_nodes.ts";
import type { ServerSocket } from "./platform.ts";
import { ServerShell } from "./server_shell.ts";

/** A server node object, as the platform and the master call it. */
export interface ServerNodeObject extends Peer {
  /** Takes a client's socket, with the session that the worker verified. */
  fetch(request: Request): Response;
  /** Takes a client's frame. */
  webSocketMessage(ws: ServerSocket, message: string | ArrayBuffer): void;
  /** A client has gone. */
  webSocketClose(ws: ServerSocket): void;
  /** A client was lost. */
  webSocketError(ws: ServerSocket): void;
  /** Rings when the step asked for it. */
  alarm(): void;
}

/** The class of an app's server node objects; only the platform makes any. */
export type ServerNodeClass = new (...given: never[]) => ServerNodeObject;

/**
 * Makes the class of an app's server node objects. Throws `SpecError` for a
 * spec that cannot run.
 */
export function serverNode(spec: AppSpec): ServerNodeClass {
  const app = deployableApp(spec);
  const zone = zoneOfNodes(app);
  return class extends DurableObject<ServerEnv> implements ServerNodeObject {
    readonly #shell: ServerShell;

    constructor(
      ...given: ConstructorParameters<typeof DurableObject<ServerEnv>>
    ) {
      super(...given);
      this.#shell = new ServerShell(app, zone, ...given);
    }

    override fetch(request: Request): Response {
      return this.#shell.accept(request);
    }

    override webSocketMessage(
      ws: ServerSocket,
      message: string | ArrayBuffer,
    ): void {
      this.#shell.frame(ws, message);
    }

    override webSocketClose(ws: ServerSocket): void {
      this.#shell.closed(ws);
    }

    override webSocketError(ws: ServerSocket): void {
      this.#shell.lost(ws);
    }

    override alarm(): void {
      this.#shell.run({ type: "alarm" });
    }

    call(from: string, sealed: Uint8Array): Promise<Uint8Array[]> {
      return Promise.resolve(this.#shell.answer(from, sealed));
    }
  };
}
