import { assertEquals } from "@std/assert";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import { Seeded } from "../core/seeded.ts";
import { startZones } from "./local_zones.ts";
import {
  anyRound,
  type PlainRow,
  playRounds,
  type RowRound,
} from "./row_rounds.ts";

/** The fixture's object. */
interface Player {
  play(rounds: readonly RowRound[]): Promise<PlainRow[][]>;
}

Deno.test("SqlRows reads as MemoryRows does, whatever was written", async () => {
  const entry = new URL("./fixture/rows_only.ts", import.meta.url);
  await using zones = await startZones({ entry });
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
