import type { PeersByName } from "../../shared/ports/peer.ts";

/** Something that answers requests. */
export interface Fetcher {
  /** Answers one. */
  fetch(request: Request): Promise<Response>;
}

/** Objects that answer requests. */
export interface FetchersByName {
  /** The object of a name, which is made when it is first asked. */
  getByName(name: string): Fetcher;
}

/** What the server script's `env` gives the worker and its objects. */
export interface ServerEnv {
  /** The master objects, each named by its space. */
  readonly DB_NODES: PeersByName;
  /** The server node objects, named `<space>/<i>`. */
  readonly SERVER_NODES: FetchersByName;
  /** The page and its files. */
  readonly ASSETS?: Fetcher;
  /** Signs tickets: a secret of 32 bytes or more that is used for nothing else. */
  readonly ZONEKIT_TICKET_KEY?: string;
  /** Signs tokens, unless a JWKS does: a secret of 32 bytes or more. */
  readonly ZONEKIT_TOKEN_SECRET?: string;
  /** `"1"` on a developer's machine, and nowhere else: anybody can be anybody. */
  readonly ZONEKIT_DEV?: string;
}
