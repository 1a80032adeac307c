/**
 * The part of Cloudflare's platform that this zone uses, as types of its own:
 * the platform's are globals, which would change what `Response` means in the
 * code of an app. Here, where those globals are, the compiler holds what an
 * object is given to what is said of it here.
 *
 * @module
 */

/** An object's end of a socket, which stays open while the object sleeps. */
export interface ServerSocket {
  /** 0 to 3: connecting, open, closing, closed. */
  readonly readyState: number;
  /** Sends a frame. */
  send(bytes: Uint8Array): void;
  /** Ends it, and says why. */
  close(code: number, reason: string): void;
  /** Keeps something beside it while the object sleeps: at most 16,384 bytes. */
  serializeAttachment(value: Uint8Array): void;
  /** Returns what is kept beside it, or `null`. */
  deserializeAttachment(): unknown;
}

/** What an object is given. */
export interface ObjectState {
  /** Who it is. */
  readonly id: { readonly name?: string };
  /** When it is woken. */
  readonly storage: {
    /** Asks to be woken, in place of the time asked for before. */
    setAlarm(atMs: number): Promise<void>;
    /** Asks not to be woken. */
    deleteAlarm(): Promise<void>;
  };
  /** Takes a socket, under names that it can be found by. */
  acceptWebSocket(ws: ServerSocket, tags: string[]): void;
  /** The sockets, or those under a name. */
  getWebSockets(tag?: string): ServerSocket[];
  /** The names of a socket. */
  getTags(ws: ServerSocket): string[];
  /** Answers one text by another without waking the object. */
  setWebSocketAutoResponse(pair: RequestResponsePair): void;
}

/** A text, and what is answered to it. */
export interface RequestResponsePair {
  /** The text. */
  readonly request: string;
  /** The answer. */
  readonly response: string;
}

/** What `cloudflare:workers` exports: the class whose methods RPC can reach. */
export declare class DurableObject<Env> {
  /** Takes what the platform gives. */
  constructor(state: ObjectState, env: Env);
  /** Called with a request. */
  fetch?(request: Request): Response | Promise<Response>;
  /** Called with a frame. */
  webSocketMessage?(ws: ServerSocket, message: string | ArrayBuffer): void;
  /** Called when the other end has closed a socket. */
  webSocketClose?(ws: ServerSocket): void;
  /** Called when a socket is lost. */
  webSocketError?(ws: ServerSocket): void;
  /** Called at the time that was asked for. */
  alarm?(): void;
}
