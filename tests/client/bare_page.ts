/** A page that shows nothing: what its bundle weighs is the kit. */

import { openClient } from "../../zones/client/mod.ts";
import { app } from "./notes_app.ts";

await openClient(app, { user: "ann", space: "home", token: () => "ann" });
