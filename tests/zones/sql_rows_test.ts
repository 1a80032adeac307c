import { assertEquals, assertLess } from "@std/assert";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import { Seeded } from "../core/seeded.ts";
import { startZones } from "./local_zones.ts";
import { liveLong, type LongLife } from "./long_life.ts";
import {
  anyRound,
  type PlainRow,
  playRounds,
  type RowRound,
} from "./row_rounds.ts";

/** The fixture's object. */
interface Player {
  play(rounds: readonly RowRound[]): Promise<PlainRow[][]>;
  live(): Promise<LongLife>;
}

const ENTRY = new URL("./fixture/rows_only.ts", import.meta.url);

Deno.test("SqlRows reads as MemoryRows does, whatever was written", async () => {
  await using zones = await startZones({ entry: ENTRY });
  for (let seed = 1; seed <= 3; seed++) {
    const object = await zones.master(`rows of seed ${seed}`);
    const player = object as typeof object & Player;
    const chance = new Seeded(seed);
    const rounds = chance.many(300, () => anyRound(chance));
    const found = await player.play(rounds);
    const wanted = playRounds(new MemoryRows(), rounds);
    wanted.forEach((rows, i) =>
      assertEquals([...found[i]!], rows, `round ${i} of seed ${seed}`)
    );
  }
});

Deno.test("a master forgets over SQLite what it forgets over memory", async () => {
  await using zones = await startZones({ entry: ENTRY });
  const object = await zones.master("a long life");
  const found = await (object as typeof object & Player).live();
  const wanted = liveLong(new MemoryRows());
  console.log("notes, actors and ring:", wanted.sizes);
  assertEquals([...found.keys], wanted.keys);
  assertEquals(found.sizes.map((sizes) => [...sizes]), wanted.sizes);
  const [notes] = wanted.sizes.at(-1)!;
  assertLess(notes!, 800);
});
