/**
 * Builds an app for its three targets, runs it on this machine, and plans its
 * way to the edge platform.
 *
 * An app is a folder with `app.ts` (its spec), `server.ts`, `db.ts`, `page.ts`
 * or `page.tsx`, and `index.html`. From these come three bundles, each with
 * the functions of its own zone alone.
 *
 * ```ts
 * import { startDev } from "@zonekit/deploy";
 *
 * await using app = await startDev("examples/todo", { port: 0 });
 * const response = await fetch(app.url);
 * ```
 *
 * @module
 */

export { type AppFolder, openAppFolder } from "./app/app_folder.ts";
export { buildApp, type BuildOptions } from "./build/build_app.ts";
export {
  DeployError,
  type DeployErrorCode,
  type Refusal,
} from "./deploy_error.ts";
export type { Secrets } from "./dev/dev_secrets.ts";
export type {
  LocalRuntime,
  ObjectName,
  ObjectStorage,
} from "./dev/local_runtime.ts";
export { type DevApp, type DevOptions, startDev } from "./dev/start_dev.ts";
export {
  type DeploymentPlan,
  planDeployment,
  type PlannedFile,
  type PlanOptions,
  type Upload,
} from "./plan/plan_deployment.ts";
export type { ClassForm } from "./plan/wrangler_config.ts";
