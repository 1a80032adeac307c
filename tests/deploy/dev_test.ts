import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { runCommand } from "./command_line.ts";
import { startDevProcess, until } from "./dev_process.ts";
import { copyFixture } from "./fixture.ts";

/** How often the fixture's master object was asked, this time included. */
async function calls(dev: { get(path: string): Promise<string> }) {
  return JSON.parse(await dev.get("/count")) as unknown;
}

Deno.test("dev keeps objects and secrets from one run to the next, but for --fresh", async () => {
  await using copy = await copyFixture();
  const hello = "hello from the server node";
  const first = await startDevProcess(copy.path);
  assertEquals(await calls(first), { calls: 1, hello });
  const secrets = await first.get("/env");
  assertEquals(await first.end("SIGINT"), 0);
  assertEquals(first.stdout(), `ready ${first.url}\n`);
  assertEquals(first.processes(), []);

  const second = await startDevProcess(copy.path);
  assertEquals(await calls(second), { calls: 2, hello });
  assertEquals(await second.get("/env"), secrets);
  assertEquals(await second.end("SIGTERM"), 0);
  assertEquals(second.processes(), []);

  const fresh = await startDevProcess(copy.path, "--fresh");
  assertEquals(await calls(fresh), { calls: 1, hello });
  assertEquals(await fresh.get("/env"), secrets);
  assertEquals(await fresh.end("SIGHUP"), 0);
  assertEquals(fresh.processes(), []);
});

Deno.test("dev serves the page, and the worker what is no asset", async () => {
  await using copy = await copyFixture();
  const dev = await startDevProcess(copy.path);
  assertStringIncludes(await dev.get("/"), `src="/page.js"`);
  const page = await dev.get("/page.js");
  assertStringIncludes(page, "canary-client");
  assertEquals(await dev.get("/own-page"), page);
  const env = JSON.parse(await dev.get("/env"));
  assertEquals(env.dev, "1");
  assert(env.ticketKey.length >= 43 && env.tokenSecret.length >= 43);
  assert(env.ticketKey !== env.tokenSecret);
  await dev.end("SIGTERM");
});

Deno.test("dev takes edits, and keeps the build before a broken one", async () => {
  await using copy = await copyFixture();
  const dev = await startDevProcess(copy.path);
  const serves = (version: string) =>
    until(
      `it serves ${version}`,
      async () => await dev.get("/version").catch(() => "") === version,
    );
  const says = (line: string) =>
    until(`it says ${line}`, () => dev.stderr().includes(line));

  await copy.edit("server.ts", "version 1", "version 2");
  await serves("version 2");
  await copy.edit("app.ts", `"LWWMap"`, `"LWWMop"`);
  await says("zones.db.notes.crdtType");
  assertEquals(await dev.get("/version"), "version 2");
  await copy.edit("app.ts", `"LWWMop"`, `"LWWMap"`);
  await copy.edit("server.ts", "version 2", "version 3");
  await serves("version 3");
  await copy.write("server.ts", `throw new Error("no start");`);
  await says("Error: no start");
  await serves("version 3");
  assertEquals(dev.stdout(), `ready ${dev.url}\n`);
  await dev.end("SIGTERM");
});

Deno.test("dev leaves no workerd behind, even when it is killed", async () => {
  await using copy = await copyFixture();
  const dev = await startDevProcess(copy.path);
  assert(dev.processes().length >= 3, "dev, its watchdog and workerd");
  await dev.end("SIGKILL");
  await until("all are gone", () => dev.processes().length === 0);
});

Deno.test("dev refuses to run one folder twice", async () => {
  await using copy = await copyFixture();
  const dev = await startDevProcess(copy.path);
  const again = await runCommand(["dev", copy.path, "--port", "0"]);
  await dev.end("SIGTERM");
  assertEquals([again.code, again.stdout], [1, ""]);
  assertStringIncludes(again.stderr, "the app runs already");
});

/** What `dev` writes when it cannot start: one line, and no more. */
async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(["dev", ...args]);
  assertEquals([code, stdout], [1, ""]);
  assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
  return stderr;
}

Deno.test("dev refuses a taken port in one line", async () => {
  await using copy = await copyFixture();
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String((other.addr as Deno.NetAddr).port);
  assertStringIncludes(
    await refusal(copy.path, "--port", port),
    `port ${port} is taken`,
  );
});

Deno.test("dev refuses a broken spec in one line", async () => {
  await using copy = await copyFixture();
  await copy.edit("app.ts", `"/db/countForServer"`, `"/db/countForNobody"`);
  assertStringIncludes(
    await refusal(copy.path, "--port", "0"),
    "zones.server.count.computer",
  );
});

Deno.test("dev refuses a spec that throws in one line", async () => {
  await using copy = await copyFixture();
  await copy.edit(
    "app.ts",
    "const app:",
    `throw new Error("boom");\nconst app:`,
  );
  assertStringIncludes(
    await refusal(copy.path, "--port", "0"),
    "Cannot load app.ts: boom",
  );
});

Deno.test("dev refuses a missing folder and a missing file in one line", async () => {
  await using copy = await copyFixture();
  const missing = join(copy.path, "nowhere");
  assertStringIncludes(await refusal(missing), `no folder "${missing}"`);
  await Deno.remove(join(copy.path, "db.ts"));
  assertStringIncludes(await refusal(copy.path), "no db.ts");
});

Deno.test("dev refuses what is no command, flag or number in one line", async () => {
  assertStringIncludes(await refusal("--prot", "1"), "--prot");
  assertStringIncludes(await refusal("--port", "many"), `--port "many"`);
  const { code, stderr } = await runCommand(["deplay"]);
  assertEquals([code, stderr.trimEnd().split("\n").length], [1, 1]);
});
