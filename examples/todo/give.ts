import type { RunningNode, ZEvent } from "@zonekit/shared";

/** The effect that gives the register at `path` its value. */
export function give<Path extends string, Value>(
  node: RunningNode,
  event: ZEvent,
  path: Path,
  value: Value,
): {
  nodeId: string;
  path: Path;
  msg: { nodeId: string; timestamp: number; value: Value };
} {
  const msg = { nodeId: node.id, timestamp: node.getTimestamp(), value };
  return { nodeId: event.nodeId, path, msg };
}
