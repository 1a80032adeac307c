import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { join } from "node:path";
import { DeployError, startDev } from "../../deploy/mod.ts";
import { until } from "./dev_process.ts";
import { copyFixture } from "./fixture.ts";

async function calls(url: string): Promise<number> {
  const response = await fetch(`${url}/count`);
  const { calls } = await response.json() as { calls: number };
  return calls;
}

Deno.test("startDev keeps an app's data through a SIGKILL of workerd", async () => {
  await using copy = await copyFixture();
  await using app = await startDev(copy.path, { port: 0 });
  assertEquals(await calls(app.url), 1);
  const pid = app.workerdPid();
  assert(pid !== null);
  Deno.kill(pid, "SIGKILL");
  await until(
    "it answers again",
    () => calls(app.url).then(() => true, () => false),
  );
  assertNotEquals(app.workerdPid(), pid);
  assert(await calls(app.url) >= 3);
});

Deno.test("startDev shows its objects to a test", async () => {
  await using copy = await copyFixture();
  const options = { port: 0, inspectorPort: 0 };
  await using app = await startDev(copy.path, options);
  const { miniflare, scriptNames } = app;
  for (const webSockets of ["hibernate", "close"] as const) {
    await calls(app.url);
    await miniflare.unsafeEvictDurableObject(scriptNames.db, "DbNode", {
      name: "only",
      webSockets,
    });
  }
  assertEquals(await calls(app.url), 3);
  const ids = await miniflare.listDurableObjectIds("DbNode", scriptNames.db);
  assertEquals(ids.length, 1);
  const inspector = await miniflare.getInspectorURL();
  assertEquals(inspector.hostname, "127.0.0.1");
});

Deno.test("startDev runs one folder many times, each in its own work folder", async () => {
  await using copy = await copyFixture();
  const run = (name: string) =>
    startDev(copy.path, { port: 0, workFolder: join(copy.path, name) });
  const [one, two] = await Promise.all([run(".one"), run(".two")]);
  assertEquals(await calls(one.url), 1);
  assertEquals(await calls(two.url), 1);
  assertEquals(await calls(two.url), 2);
  assertNotEquals(one.secrets, two.secrets);
  assertNotEquals(one.workerdPid(), two.workerdPid());
  await one.stop();
  assertEquals(one.workerdPid(), null);
  assertEquals(await calls(two.url), 3);
  await two.stop();
  assertEquals(two.workerdPid(), null);
});

Deno.test("startDev leaves nothing running when an app does not start", async () => {
  await using copy = await copyFixture();
  await copy.write("server.ts", `throw new Error("no start");`);
  const error = await assertRejects(
    () => startDev(copy.path, { port: 0 }),
    DeployError,
    "Error: no start",
  );
  assertEquals(error.code, "runtime-failed");
  await copy.write(
    "server.ts",
    `export class ServerNode {}; export default {};`,
  );
  await using app = await startDev(copy.path, { port: 0 });
  assert(app.workerdPid() !== null);
});

Deno.test("startDev refuses secrets that it cannot read", async () => {
  await using copy = await copyFixture();
  await Deno.mkdir(join(copy.path, ".zonekit"));
  await copy.write(".zonekit/secrets.json", `{"ZONEKIT_TICKET_KEY": 1}`);
  const error = await assertRejects(
    () => startDev(copy.path, { port: 0 }),
    DeployError,
  );
  assertEquals(error.code, "bad-secrets");
});
