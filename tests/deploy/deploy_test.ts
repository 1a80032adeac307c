import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { runCommand } from "./command_line.ts";
import { type AppCopy, copyFixture } from "./fixture.ts";
import { type FakePlatform, startFakePlatform } from "./fake_platform.ts";

/** Nobody is logged in: no token, and no file of wrangler's with one. */
function withoutLogin(copy: AppCopy): Record<string, string> {
  return {
    CLOUDFLARE_API_TOKEN: "",
    XDG_CONFIG_HOME: join(copy.path, "no-config"),
  };
}

/** Logged in to a platform of this machine. */
function withLogin(platform: FakePlatform): Record<string, string> {
  return {
    CLOUDFLARE_API_TOKEN: "token",
    CLOUDFLARE_ACCOUNT_ID: "account",
    CLOUDFLARE_API_BASE_URL: platform.url,
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
}

Deno.test("deploy --dry-run goes through both uploads and says their sizes", async () => {
  await using copy = await copyFixture();
  const { code, stdout, stderr } = await runCommand(
    ["deploy", "--dry-run", copy.path],
    withoutLogin(copy),
  );
  assertEquals(code, 0, stderr);
  assert(/client\/page\.js: [\d.]+ KB, [\d.]+ KB brotli/.test(stdout), stdout);
  assertEquals(stdout.match(/Total Upload: /g)?.length, 2, stdout);
  assertEquals(stdout.match(/--dry-run: exiting now/g)?.length, 2);
  assertStringIncludes(stdout, "env.DB_NODES (DbNode, defined in fixture-db)");
  assertStringIncludes(
    stdout,
    "env.SERVER_NODES (ServerNode, defined in fixture-server)",
  );
  assertStringIncludes(stdout, "Read 3 files from the assets directory");
});

Deno.test("deploy without a login says in one line what to do", async () => {
  await using copy = await copyFixture();
  const { code, stderr } = await runCommand(
    ["deploy", copy.path],
    withoutLogin(copy),
  );
  assertEquals(code, 1);
  assertEquals(stderr.trim().split("\n").length, 1, stderr);
  assertStringIncludes(stderr, "CLOUDFLARE_API_TOKEN");
});

Deno.test("deploy needs the secrets' values the first time", async () => {
  await using copy = await copyFixture();
  await using platform = startFakePlatform([]);
  const { code, stderr } = await runCommand(
    ["deploy", copy.path],
    withLogin(platform),
  );
  assertEquals(code, 1);
  assertEquals(stderr.trim().split("\n").length, 1, stderr);
  assertStringIncludes(stderr, "ZONEKIT_TICKET_KEY and ZONEKIT_TOKEN_SECRET");
  assertEquals(platform.uploads, []);
});

Deno.test("deploy brings up the db, the server, and the db with its binding", async () => {
  await using copy = await copyFixture();
  await using platform = startFakePlatform([]);
  await copy.write(
    "secrets.env",
    "ZONEKIT_TICKET_KEY=one\nZONEKIT_TOKEN_SECRET=two\n",
  );
  const { code, stderr } = await runCommand(
    ["deploy", copy.path, "--secrets-file", join(copy.path, "secrets.env")],
    withLogin(platform),
  );
  assertEquals(code, 0, stderr);
  assertEquals(platform.uploads, [
    { script: "fixture-db", bindings: ["DB_NODES"] },
    {
      script: "fixture-server",
      bindings: [
        "ASSETS",
        "DB_NODES",
        "SERVER_NODES",
        "ZONEKIT_TICKET_KEY",
        "ZONEKIT_TOKEN_SECRET",
      ],
    },
    { script: "fixture-db", bindings: ["DB_NODES", "SERVER_NODES"] },
  ]);
});

Deno.test("deploy brings up an app that is there once each, with its secrets", async () => {
  await using copy = await copyFixture();
  await using platform = startFakePlatform(["fixture-db", "fixture-server"]);
  const { code, stderr } = await runCommand(
    ["deploy", copy.path],
    withLogin(platform),
  );
  assertEquals(code, 0, stderr);
  assertEquals(platform.uploads.map(({ script }) => script), [
    "fixture-db",
    "fixture-server",
  ]);
});
