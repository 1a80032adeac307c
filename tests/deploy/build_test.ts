import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openAppFolder } from "../../deploy/app/app_folder.ts";
import { buildApp } from "../../deploy/build/build_app.ts";
import {
  DeployError,
  type DeployErrorCode,
} from "../../deploy/deploy_error.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import fixtureSpec from "./fixture/app.ts";
import { type AppCopy, copyFixture } from "./fixture.ts";

/** Builds a copy below itself, and returns the folder. */
async function build(
  copy: AppCopy,
  options = { sourceMaps: false },
): Promise<string> {
  const folder = join(copy.path, ".zonekit", "build");
  await buildApp(await openAppFolder(copy.path), folder, options);
  return folder;
}

/** Which of the fixture's canaries a file holds. */
async function canariesIn(...path: string[]): Promise<string[]> {
  const text = await Deno.readTextFile(join(...path));
  return [...new Set(text.match(/canary-\w+/g))].sort();
}

async function exists(...path: string[]): Promise<boolean> {
  return await Deno.stat(join(...path)).then(() => true, () => false);
}

/** Builds what cannot be built; returns the error, which is one line. */
async function refusal(
  copy: AppCopy,
  code: DeployErrorCode,
): Promise<DeployError> {
  const error = await assertRejects(() => build(copy), DeployError);
  assertEquals(error.code, code, error.message);
  assertEquals(error.message.split("\n").length, 1);
  return error;
}

Deno.test("buildApp gives each target its own functions alone", async () => {
  await using copy = await copyFixture();
  const folder = await build(copy);
  assertEquals(await canariesIn(folder, "client", "page.js"), [
    "canary-client",
    "canary-init",
  ]);
  assertEquals(await canariesIn(folder, "server", "worker.js"), [
    "canary-dependency",
    "canary-init",
    "canary-scope",
    "canary-server",
    "canary-using",
  ]);
  assertEquals(await canariesIn(folder, "db", "worker.js"), [
    "canary-check",
    "canary-db",
    "canary-init",
  ]);
});

Deno.test("buildApp leaves the unsplit spec in no file of its folder", async () => {
  await using copy = await copyFixture();
  const folder = await build(copy);
  const found = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assertEquals(found, ["client", "db", "server", "split"]);
  assertEquals(
    [...Deno.readDirSync(join(folder, "client"))].map(({ name }) => name)
      .sort(),
    ["index.html", "page.js", "style.css"],
  );
});

Deno.test("buildApp keeps a rule in one module with what the client needs", async () => {
  await using copy = await copyFixture();
  await copy.write(
    "rules.ts",
    `export const mayWrite = () => "canary-check";
     export const heading = () => "canary-heading";`,
  );
  await copy.edit("app.ts", "{ mayWrite }", "{ heading as shown, mayWrite }");
  await copy.edit("app.ts", "canary-client ", "${shown()}");
  const folder = await build(copy);
  assertEquals(await canariesIn(folder, "client", "page.js"), [
    "canary-heading",
    "canary-init",
  ]);
});

Deno.test("buildApp loads the page, its style and public files", async () => {
  await using copy = await copyFixture();
  await Deno.mkdir(join(copy.path, "public", "icons"), { recursive: true });
  await copy.write("public/icons/dot.svg", "<svg/>");
  const folder = await build(copy);
  const html = await Deno.readTextFile(join(folder, "client", "index.html"));
  assertStringIncludes(html, `<script type="module" src="/page.js">`);
  assert(await exists(folder, "client", "style.css"));
  assert(await exists(folder, "client", "icons", "dot.svg"));
});

Deno.test("buildApp leaves source maps only where they are asked for", async () => {
  await using copy = await copyFixture();
  const bare = await build(copy);
  assert(!await exists(bare, "client", "page.js.map"));
  const mapped = await build(copy, { sourceMaps: true });
  for (const file of ["client/page.js", "server/worker.js", "db/worker.js"]) {
    assert(await exists(mapped, `${file}.map`));
    const text = await Deno.readTextFile(join(mapped, file));
    assertStringIncludes(text, "//# sourceMappingURL=");
  }
});

Deno.test("buildApp spares a page that is deployed the words of errors", async () => {
  await using copy = await copyFixture();
  await copy.write(
    "page.ts",
    `import { LWWMap } from "@zonekit/shared";
     function refusal(state: unknown) {
       try {
         return LWWMap.fromState("ann", state as never);
       } catch (error) {
         return (error as Error).message;
       }
     }
     export const refusals = [refusal("none"), refusal(new Map([["a", 1]]))];`,
  );
  const refusalsIn = async (folder: string) => {
    const page = pathToFileURL(join(folder, "client", "page.js"));
    page.hash = crypto.randomUUID();
    return (await import(page.href)).refusals;
  };
  assertEquals(await refusalsIn(await build(copy, { sourceMaps: true })), [
    `bad-message: it is "none", want a Map of register states`,
    `bad-message: ["a"] is 1, want { timestamp, nodeId, value }`,
  ]);
  assertEquals(await refusalsIn(await build(copy)), [
    "bad-message: it",
    `bad-message: ["a"]`,
  ]);
});

Deno.test("buildApp leaves the platform's own modules to the platform", async () => {
  await using copy = await copyFixture();
  await copy.write(
    "db.ts",
    `import { DurableObject } from "cloudflare:workers";
     export class DbNode extends DurableObject {}
     export default {};`,
  );
  const folder = await build(copy);
  const worker = await Deno.readTextFile(join(folder, "db", "worker.js"));
  assertStringIncludes(worker, `from"cloudflare:workers"`);
});

Deno.test("buildApp takes an app with a configuration and JSX of its own", async () => {
  await using copy = await copyFixture();
  await copy.write(
    "deno.json",
    JSON.stringify({
      imports: { "views/": "./views/" },
      compilerOptions: { jsx: "react", jsxFactory: "view" },
    }),
  );
  await Deno.mkdir(join(copy.path, "views"));
  await copy.write("views/view.ts", `export const view = (n) => "view-" + n;`);
  await copy.edit(
    "app.ts",
    "export default app;",
    `export { view } from "views/view.ts";\nexport default app;`,
  );
  await Deno.remove(join(copy.path, "page.ts"));
  await copy.write(
    "page.tsx",
    `import app from "./app.ts";
     import { view } from "views/view.ts";
     console.log(app, <main />);`,
  );
  await copy.edit("index.html", "page.ts", "page.js");
  const folder = await build(copy);
  const page = await Deno.readTextFile(join(folder, "client", "page.js"));
  assertStringIncludes(page, "view-");
});

Deno.test("buildApp refuses what it cannot build, and keeps the build before", async () => {
  await using copy = await copyFixture();
  const folder = await build(copy);
  await copy.edit("page.ts", "import app", "import app, { nothing }");
  await copy.edit("page.ts", "document.body", "nothing(); document.body");
  const error = await refusal(copy, "bundle-failed");
  assertStringIncludes(error.message, `Cannot bundle page.ts: No matching`);
  assertStringIncludes(error.message, "page.ts:1");
  assert(await exists(folder, "client", "page.js"));
  assert(!await exists(`${folder}.next`));
});

Deno.test("buildApp gives a syntax error with the bundler's own words", async () => {
  await using copy = await copyFixture();
  await copy.edit("app.ts", "const app: AppSpec =", "const app: AppSpec = = ");
  const error = await refusal(copy, "bundle-failed");
  assertStringIncludes(error.message, "Cannot bundle app.ts: SyntaxError");
  assertStringIncludes(error.message, "app.ts:");
  assertStringIncludes(error.detail, "const app: AppSpec = = ");
});

Deno.test("buildApp names the first fault of a spec", async () => {
  await using copy = await copyFixture();
  await copy.edit("app.ts", `"LWWMap"`, `"LWWMop"`);
  const { message } = await refusal(copy, "bad-spec");
  assertStringIncludes(message, "zones.db.notes.crdtType");
  assertStringIncludes(message, "LWWMop");
});

Deno.test("buildApp says what an app.ts must export", async () => {
  await using copy = await copyFixture();
  await copy.edit("app.ts", "export default app", "export const spec = app");
  const { message } = await refusal(copy, "bad-spec");
  assertStringIncludes(message, "no default export");
});

Deno.test("buildApp refuses a spec that is changed after it was written", async () => {
  await using copy = await copyFixture();
  await copy.edit(
    "app.ts",
    "export default app;",
    `Object.assign(app.zones.db, { countForServer: () => "canary-late" });
     export default app;`,
  );
  const error = await refusal(copy, "split-failed");
  assertStringIncludes(error.message, "zones.db.countForServer");
  assertStringIncludes(error.message, "still in the client build");
});

Deno.test("buildApp refuses one object for the functions of two targets", async () => {
  await using copy = await copyFixture();
  await copy.write(
    "app.ts",
    `const shared = { same: () => null };
     const link = (fromZone: string, toZone: string) =>
       ({ type: "websocket", fromZone, toZone });
     export default {
       zones: { db: shared, server: shared, client: {} },
       channels: [link("db", "server"), link("server", "client")],
     };`,
  );
  const error = await refusal(copy, "split-failed");
  assertStringIncludes(error.message, ".same");
  assertStringIncludes(error.message, "is not in the");
});

Deno.test("buildApp refuses app.ts under another name than its path", async () => {
  await using copy = await copyFixture();
  await copy.write("deno.json", `{ "imports": { "the-app": "./app.ts" } }`);
  await copy.edit("page.ts", "./app.ts", "the-app");
  const { message } = await refusal(copy, "split-failed");
  assertStringIncludes(message, "another name");
});

Deno.test("buildApp refuses a document that does not load the page", async () => {
  await using copy = await copyFixture();
  await copy.edit("index.html", `src="page.ts"`, `src="other.js"`);
  const { message } = await refusal(copy, "page-not-loaded");
  assertStringIncludes(message, `<script type="module" src="/page.js">`);
});

Deno.test("buildApp gives the client the hash of the spec, and no parser", async () => {
  await using copy = await copyFixture();
  const folder = await build(copy);
  const page = await Deno.readTextFile(join(folder, "client", "page.js"));
  assertStringIncludes(page, parseAppSpec(fixtureSpec).hash);
  assert(!page.includes("an object with zones and channels"));
});

Deno.test("buildApp refuses a spec that is another one in one of its targets", async () => {
  await using copy = await copyFixture();
  await copy.edit(
    "app.ts",
    `["canary-init", "first"]`,
    `["canary-init", typeof app.zones["db"]?.["countForServer"]]`,
  );
  const error = await refusal(copy, "split-failed");
  assertStringIncludes(error.message, "hash");
});
