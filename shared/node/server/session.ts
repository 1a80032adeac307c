/**
 * A client's session at its server node: verified claims bound to a socket, and
 * how far each of its wants has got. What must survive hibernation stands in the
 * socket's attachment.
 *
 * @module
 */

import { DecodeError } from "../../codec/decode_error.ts";
import { Reader } from "../../codec/reader.ts";
import { bytesOf } from "../../codec/writer.ts";
import type { KeyRange } from "../../ports/rows.ts";
import { ID_LENGTH_MAX, PATH_LENGTH_MAX } from "../../protocol/limits.ts";
import type { Cursor, Want } from "../../protocol/want.ts";
import type { Verdict } from "../../protocol/live.ts";
import type { SourceVar } from "../../spec/app.ts";
import type { ValueWant } from "../peers/peer.ts";

/** Rows of a source var that the session may see. */
export interface RowsWant {
  /** What tells it from others. */
  readonly kind: "rows";
  /** What the client calls it. */
  readonly id: number;
  /** The client's var. */
  readonly path: string;
  /** Where the rows come from. */
  readonly source: SourceVar;
  /** The session's part of it. */
  readonly ranges: readonly KeyRange[];
  /** Demands upstream. */
  readonly holds: readonly string[];
  /** The next key of its catch-up; `null` when it is live. */
  next: string | null;
  /** Where its catch-up began. */
  since: number;
  /** An interrupted catch-up that goes on. */
  resumed: { readonly key: string; readonly seq: number } | null;
  /** Whether pages replace what is held. */
  replace: boolean;
  /** The newest row that was sent. */
  cursorSeq: number;
}

/** What a session wants. */
export type SessionWant = RowsWant | ValueWant;

/** A client's session. */
export interface Session {
  /** The socket. */
  readonly socket: string;
  /** What the token said. */
  readonly claims: unknown;
  /** When the claims end. */
  readonly expiresMs: number;
  /** The client's node id; "" before the hello. */
  nodeId: string;
  /** The client's link number; 0 before the hello. */
  link: number;
  /** What the hello asked for, until the parent's history is known. */
  asked: readonly Want[];
  /** Whether the hello was answered. */
  greeted: boolean;
  /** The last number sent. */
  number: number;
  /** Demands received since the hello. */
  demandVersion: number;
  /** Whether what stands beside its socket is not what is true of it. */
  isUnkept: boolean;
  /** The greatest seq the client was sent. */
  seen: number;
  /** Whether it was sent more elsewhere than this node has: until then, silence. */
  isBehind: boolean;
  /** By path; in the spec's order. */
  readonly wants: Map<string, SessionWant>;
  /** Answers not sent yet. */
  verdicts: Verdict[];
}

/** A session before its hello. */
export function newSession(
  socket: string,
  claims: unknown,
  expiresMs: number,
): Session {
  return {
    socket,
    claims,
    expiresMs,
    nodeId: "",
    link: 0,
    asked: [],
    greeted: false,
    number: 0,
    demandVersion: 0,
    isUnkept: true,
    seen: 0,
    isBehind: true,
    wants: new Map(),
    verdicts: [],
  };
}

/** What a socket's attachment says. */
export interface Attachment {
  /** What the token said. */
  readonly claims: unknown;
  /** When the claims end. */
  readonly expiresMs: number;
  /** The client's node id. */
  readonly nodeId: string;
  /** The client's link number. */
  readonly link: number;
  /** The last number sent. */
  readonly number: number;
  /** Demands received since the hello. */
  readonly demandVersion: number;
  /** The greatest seq sent. */
  readonly seen: number;
  /** What was wanted, and how far it had got. */
  readonly wants: readonly {
    readonly id: number;
    readonly path: string;
    readonly cursor: Cursor | null;
  }[];
}

/** What a socket's attachment may hold on the edge platform. */
const ATTACHMENT_BYTES_MAX = 16_384;

/**
 * The bytes to keep beside a session's socket. A session of so many wants that
 * they have no room is kept without: its client says hello again.
 */
export function attachmentOf(session: Session, epoch: string): Uint8Array {
  const bytes = encodeAttachment(session, epoch);
  if (bytes.length <= ATTACHMENT_BYTES_MAX) return bytes;
  return encodeAttachment({ ...session, link: 0, wants: new Map() }, "");
}

function encodeAttachment(session: Session, epoch: string): Uint8Array {
  return bytesOf((writer) => {
    writer.value(session.claims);
    writer.uint(Math.floor(session.expiresMs));
    writer.string(session.nodeId);
    writer.uint(session.link);
    writer.uint(session.number);
    writer.uint(session.demandVersion);
    writer.uint(session.seen);
    writer.string(epoch);
    writer.list([...session.wants.values()], (w, want) => {
      w.uint(want.id);
      w.string(want.path);
      const seq = epoch === "" ? null : seqOf(want);
      w.u8(seq === null ? 0 : 1);
      if (seq !== null) w.uint(seq);
    });
  });
}

/** Up to which seq a want is held; `null` when it begins from nothing. */
function seqOf(want: SessionWant): number | null {
  if (want.kind === "value") return null;
  if (want.next === null) return want.cursorSeq;
  return want.replace && want.resumed === null ? null : want.since;
}

/** What stands beside a socket; `null` for bytes of another version. */
export function attachmentIn(bytes: Uint8Array): Attachment | null {
  try {
    return readAttachment(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

/**
 * Reads what `attachmentOf` wrote. The cursors are as good as new: while its
 * socket was open, the client was told of everything.
 */
function readAttachment(bytes: Uint8Array): Attachment {
  const reader = new Reader(bytes);
  const claims = reader.value();
  const expiresMs = reader.uint();
  const nodeId = reader.string(ID_LENGTH_MAX);
  const link = reader.uint();
  const number = reader.uint();
  const demandVersion = reader.uint();
  const seen = reader.uint();
  const epoch = reader.string(ID_LENGTH_MAX);
  const wants = reader.list(Infinity, (r) => ({
    id: r.uint(),
    path: r.string(PATH_LENGTH_MAX),
    cursor: r.flag()
      ? { epoch, seq: r.uint(), syncedMs: Infinity, page: null }
      : null,
  }));
  return {
    claims,
    expiresMs,
    nodeId,
    link,
    number,
    demandVersion,
    seen,
    wants,
  };
}
