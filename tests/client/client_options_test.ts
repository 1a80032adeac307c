import { assertEquals, assertThrows } from "@std/assert";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { ClientError } from "../../zones/client/client_error.ts";
import { checkOptions } from "../../zones/client/client_options.ts";
import { app } from "./notes_app.ts";

const parsed = parseAppSpec(app);
const ORIGIN = "http://127.0.0.1:8000";
const good = { user: "ann", space: "home", token: () => "" };

Deno.test("checkOptions fills in what is absent", () => {
  assertEquals(checkOptions(parsed, good, ORIGIN), {
    store: "zonekit/app/home/ann",
    url: ORIGIN,
    zone: "client",
    observe: ["/client/notes", "/client/draft", "/client/title"],
  });
});

Deno.test("checkOptions names stores apart, whatever is in the names", () => {
  const stores = [["a/b", "c"], ["a", "b/c"], ["a", "b%2Fc"]].map(
    ([space = "", user = ""]) =>
      checkOptions(parsed, { ...good, space, user }, ORIGIN).store,
  );
  assertEquals(new Set(stores).size, 3);
});

Deno.test("checkOptions takes another server, with or without a slash", () => {
  const { url } = checkOptions(parsed, { ...good, url: `${ORIGIN}/x/` }, "");
  assertEquals(url, `${ORIGIN}/x`);
});

Deno.test("checkOptions names the first option that is wrong", () => {
  const bad: Record<string, unknown> = {
    user: "",
    space: undefined,
    name: 7,
    token: "a token itself",
    url: "no address",
    zone: "server",
    observe: ["/db/notes"],
  };
  for (const [name, value] of Object.entries(bad)) {
    const options: typeof good = { ...good, [name]: value };
    const error = assertThrows(
      () => checkOptions(parsed, options, ORIGIN),
      ClientError,
    );
    assertEquals([error.code, error.path], ["bad-option", `options.${name}`]);
  }
});
