/** The db zone: the object that keeps each space. */

import { dbNode, type DbNodeClass } from "@zonekit/db";
import app from "./app.ts";

/** The class of it, which the configuration names. */
export const DbNode: DbNodeClass = dbNode(app);

export default {};
