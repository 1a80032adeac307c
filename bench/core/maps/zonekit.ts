import {
  LWWMap,
  lwwMap,
  type LWWMapState,
} from "../../../shared/crdt/lww_map.ts";
import { BytePool } from "../../../shared/codec/byte_pool.ts";
import { encodeValue } from "../../../shared/codec/value.ts";
import { HybridClock } from "../../../shared/crdt/hlc.ts";
import {
  crdtFrom,
  messageFrom,
  messageToBytes,
  rowsToBytes,
} from "../../../shared/crdt/message_bytes.ts";
import { WRITER } from "../contestant.ts";
import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

const POOL = new BytePool();

class ZonekitMap implements MapReplica {
  map: LWWMap<Value>;

  constructor(map: LWWMap<Value>) {
    this.map = map;
  }

  set(key: string, value: Value): Delta {
    const { updatedCrdt, message } = this.map.setValueForKey(key, value);
    this.map = updatedCrdt;
    return messageToBytes(lwwMap, message!, this.map.nodeId, POOL);
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    const { updatedCrdt, message } = this.map.setValues(entries);
    this.map = updatedCrdt;
    return messageToBytes(lwwMap, message!, this.map.nodeId, POOL);
  }

  merge(delta: Delta): void {
    this.map = this.map.apply(
      messageFrom(lwwMap, delta as Uint8Array, WRITER) as LWWMapState<Value>,
    );
  }

  get(key: string): Value | undefined {
    return this.map.getValueForKey(key) ?? undefined;
  }

  save(): Delta {
    return rowsToBytes(lwwMap, this.map.state);
  }

  missing(before: MapReplica) {
    let cursor = 0;
    for (const { timestamp } of (before as ZonekitMap).map.state.values()) {
      cursor = Math.max(cursor, timestamp);
    }
    const news = [...this.map.state]
      .filter(([, { timestamp }]) => timestamp > cursor);
    const asked = encodeValue({ cursor });
    const bytes = asked.length + rowsToBytes(lwwMap, news).length;
    return { bytes, messages: 2 };
  }
}

/** The same, whose deltas are messages as the mutators give them. */
class PlainZonekitMap extends ZonekitMap {
  override set(key: string, value: Value): Delta {
    const { updatedCrdt, message } = this.map.setValueForKey(key, value);
    this.map = updatedCrdt;
    return message!;
  }

  override merge(delta: Delta): void {
    this.map = this.map.apply(delta as LWWMapState<Value>);
  }
}

export const plainZonekit: MapContestant = {
  name: "plain zonekit",
  open: (actor) => new PlainZonekitMap(LWWMap.startEmpty(actor, clock())),
  load: () => {
    throw new Error("nothing is stored");
  },
};

export const zonekit: MapContestant = {
  name: "zonekit",
  open: (actor) => new ZonekitMap(LWWMap.startEmpty(actor, clock())),
  load: (actor, saved) =>
    new ZonekitMap(
      crdtFrom(lwwMap, saved as Uint8Array, actor, clock()) as LWWMap<Value>,
    ),
};

function clock(): HybridClock {
  return new HybridClock(() => Date.now());
}
