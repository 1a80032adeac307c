import { assertEquals } from "@std/assert";
import { scriptNameOf } from "../../deploy/app/app_folder.ts";
import { planDeployment } from "../../deploy/plan/plan_deployment.ts";
import { planScripts } from "../../deploy/plan/script.ts";
import { wranglerConfig } from "../../deploy/plan/wrangler_config.ts";
import { assertGolden } from "./golden.ts";

Deno.test("planDeployment emits what the golden files hold", async () => {
  for (const { path, text } of planDeployment("fixture").files) {
    await assertGolden(path, text);
  }
});

Deno.test("planDeployment emits migrations for a platform without exports", async () => {
  const { files } = planDeployment("fixture", { classForm: "migrations" });
  for (const { path, text } of files) {
    await assertGolden(`migrations.${path}`, text);
  }
});

Deno.test("planDeployment names every configuration that it uploads", () => {
  const { files, firstUploads, uploads } = planDeployment("fixture");
  const written = files.map(({ path }) => path).sort();
  const uploaded = [...firstUploads, ...uploads].map(({ config }) => config);
  assertEquals([...new Set(uploaded)].sort(), written);
});

Deno.test("planDeployment uploads no binding before the script it names", () => {
  const { files, firstUploads } = planDeployment("fixture");
  const there = new Set<string>();
  for (const { config, script } of firstUploads) {
    const text = files.find(({ path }) => path === config)?.text ?? "";
    const needed = [...text.matchAll(/"script_name": "(.*)"/g)]
      .map((match) => match[1] ?? "");
    assertEquals(needed.filter((name) => !there.has(name)), [], config);
    there.add(script);
  }
  assertEquals(firstUploads.at(-1)?.config, "wrangler.fixture-db.jsonc");
});

Deno.test("planDeployment writes names of secrets and no values", () => {
  const { server, db } = planScripts("fixture");
  assertEquals(wranglerConfig(server).secrets, {
    required: ["ZONEKIT_TICKET_KEY", "ZONEKIT_TOKEN_SECRET"],
  });
  assertEquals(wranglerConfig(db).secrets, undefined);
});

Deno.test("planScripts gives settings to both scripts, and none unasked", () => {
  const { server, db } = planScripts("fixture", { ZONEKIT_DEV: "1" });
  assertEquals(wranglerConfig(server).vars, { ZONEKIT_DEV: "1" });
  assertEquals(wranglerConfig(db).vars, { ZONEKIT_DEV: "1" });
  const unasked = planScripts("fixture");
  assertEquals(wranglerConfig(unasked.server).vars, undefined);
});

Deno.test("scriptNameOf gives a name that the platform takes", () => {
  assertEquals(scriptNameOf("My To-Do_list!"), "my-to-do-list");
  assertEquals(`${scriptNameOf("x".repeat(99))}-server`.length, 63);
});
