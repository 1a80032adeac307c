import type { App } from "../../shared/spec/app.ts";
import type { ZoneName } from "../../shared/spec/app_spec.ts";
import { SpecError } from "../../shared/spec/spec_error.ts";

/**
 * The zone that server nodes are members of: the one between the root and the
 * clients, `""` where clients stand directly below the root. Throws `SpecError`
 * where there is more than one.
 */
export function zoneOfNodes(app: App): ZoneName | "" {
  const between = [...app.zones.values()]
    .filter(({ role }) => role === "server")
    .map(({ name }) => name);
  if (between.length <= 1) return between[0] ?? "";
  const wanted = "one at most between the root and the clients";
  throw new SpecError("channels", `zones ${between.join(", ")}`, wanted);
}
