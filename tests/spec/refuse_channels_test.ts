import { checkRefusals, down, register, up, withChannels } from "./refusals.ts";

Deno.test("parseAppSpec refuses channels that make no tree of all zones", () => {
  const zones = "want one of db, edge, tab";
  const channel = (fromZone: string, toZone: string) => ({
    type: "websocket",
    fromZone,
    toZone,
  });
  checkRefusals([
    [
      { zones: { db: { title: register } }, channels: [] },
      "zones.db",
      "without a channel, want a channel that joins it to another zone",
    ],
    [withChannels({}), "channels", "an object, want an array of channels"],
    [withChannels([null]), "channels[0]", "null, want a channel"],
    [
      withChannels([{ ...up, kind: 1 }]),
      "channels[0].kind",
      "an unknown field, want one of type, fromZone, toZone",
    ],
    [
      withChannels([{ ...up, type: "rpc" }]),
      "channels[0].type",
      '"rpc", want "websocket"',
    ],
    [
      withChannels([up, channel("edge", "tabs")]),
      "channels[1].toZone",
      `"tabs", ${zones}`,
    ],
    [
      withChannels([channel("constructor", "tab")]),
      "channels[0].fromZone",
      `"constructor", ${zones}`,
    ],
    [
      withChannels([channel("db", "db")]),
      "channels[0]",
      'from "db" to itself, want two different zones',
    ],
    [
      withChannels([up, down, up]),
      "channels[2]",
      'a second channel from "db" to "edge", want one channel between two zones',
    ],
    [
      withChannels([up, down, channel("db", "tab")]),
      "channels[2].toZone",
      '"tab", which has the parent "edge" already, want one parent a zone',
    ],
    [
      withChannels([up]),
      "zones.tab",
      "without a channel, want a channel that joins it to another zone",
    ],
    [
      withChannels([up, channel("edge", "db")], { tab: {} }),
      "channels",
      "the cycle db -> edge -> db, want one tree",
    ],
    [
      withChannels([up, channel("tab", "side")], { side: {} }),
      "channels",
      "2 trees, with the roots db, tab, want one tree",
    ],
  ]);
});
