import { assertEquals, assertThrows } from "@std/assert";
import { parseCommand } from "../../deploy/cli/command.ts";
import { DeployError } from "../../deploy/deploy_error.ts";

Deno.test("parseCommand reads what dev is asked for", () => {
  assertEquals(parseCommand(["dev"]), {
    name: "dev",
    folder: undefined,
    port: undefined,
    fresh: false,
  });
  assertEquals(parseCommand(["dev", "--port", "0", "my-app", "--fresh"]), {
    name: "dev",
    folder: "my-app",
    port: 0,
    fresh: true,
  });
});

Deno.test("parseCommand reads what deploy is asked for", () => {
  assertEquals(parseCommand(["deploy", "--dry-run"]), {
    name: "deploy",
    folder: undefined,
    dryRun: true,
    secretsFile: undefined,
  });
  assertEquals(parseCommand(["deploy", "app", "--secrets-file=.secrets"]), {
    name: "deploy",
    folder: "app",
    dryRun: false,
    secretsFile: ".secrets",
  });
});

Deno.test("parseCommand reads what check is asked for", () => {
  assertEquals(parseCommand(["check"]), { name: "check", folder: undefined });
  assertEquals(parseCommand(["check", "app"]), {
    name: "check",
    folder: "app",
  });
});

Deno.test("parseCommand gives help to whoever asks", () => {
  assertEquals(parseCommand(["--help"]), { name: "help" });
});

/** What is refused, with what the message says of it. */
const REFUSALS: readonly (readonly [string, string])[] = [
  ["", "no command"],
  ["deplay", `the command "deplay"`],
  ["dev --prot 1", "Unknown option '--prot'"],
  ["dev --port", "argument missing"],
  ["dev --port 80a", `--port "80a"`],
  ["dev --port 65536", `--port "65536"`],
  ["dev one two", `a second folder "two"`],
  ["deploy --fresh", "Unknown option '--fresh'"],
  ["check --fresh", "Unknown option '--fresh'"],
  ["check one two", `a second folder "two"`],
];

for (const [line, found] of REFUSALS) {
  Deno.test(`parseCommand refuses "${line}" in one line`, () => {
    const args = line.split(" ").filter((arg) => arg !== "");
    const error = assertThrows(() => parseCommand(args), DeployError, found);
    assertEquals(error.message.split("\n").length, 1);
  });
}
