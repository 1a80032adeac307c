import { COMPATIBILITY_DATE, type Script } from "./script.ts";

/** How the object classes of a script are made known to the platform. */
export type ClassForm = "exports" | "migrations";

/** A configuration file of wrangler, as the JSON it holds. */
export type WranglerConfig = Readonly<Record<string, unknown>>;

/**
 * The configuration of one script, with paths below the folder of the build.
 *
 * `exports` says what there is and is what wrangler 4.116 takes; `migrations`
 * says what became of it, and is for an account or a wrangler that knows only
 * that. The two exclude one another.
 */
export function wranglerConfig(
  script: Script,
  classForm: ClassForm = "exports",
): WranglerConfig {
  return {
    name: script.name,
    main: script.main,
    compatibility_date: COMPATIBILITY_DATE,
    // The bundle is whole; wrangler must neither bundle it nor add to it.
    no_bundle: true,
    find_additional_modules: false,
    workers_dev: script.isPublic,
    preview_urls: false,
    durable_objects: {
      bindings: script.bindings.map(({ name, className, scriptName }) => ({
        name,
        class_name: className,
        ...(scriptName ? { script_name: scriptName } : {}),
      })),
    },
    ...classes(script, classForm),
    ...(script.assets
      ? {
        assets: {
          directory: script.assets.folder,
          binding: script.assets.binding,
          run_worker_first: true,
        },
      }
      : {}),
    ...(Object.keys(script.vars).length > 0 ? { vars: script.vars } : {}),
    ...(script.secrets.length > 0
      ? { secrets: { required: script.secrets } }
      : {}),
  };
}

function classes(script: Script, form: ClassForm): WranglerConfig {
  if (form === "migrations") {
    return { migrations: [{ tag: "v1", new_sqlite_classes: script.classes }] };
  }
  const exported = script.classes.map((className) =>
    [className, { type: "durable-object", storage: "sqlite" }] as const
  );
  return { exports: Object.fromEntries(exported) };
}
