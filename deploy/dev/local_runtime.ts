/** An object of a class, by the name that it was asked for with. */
export interface ObjectName {
  /** The name. */
  readonly name: string;
}

/**
 * What a test does to a running app: the part of `Miniflare` that it takes,
 * under the names it has there.
 */
export interface LocalRuntime {
  /** Forgets what an object has in memory, and closes its sockets or not. */
  unsafeEvictDurableObject(
    scriptName: string,
    className: string,
    options: ObjectName & { readonly webSockets?: "close" | "hibernate" },
  ): Promise<void>;
  /** Reads or changes an object's storage by SQL. */
  unsafeGetDurableObjectStorage(
    scriptName: string,
    className: string,
    options: ObjectName,
  ): Promise<ObjectStorage>;
  /** The ids of all objects of a class. */
  listDurableObjectIds(
    className: string,
    scriptName?: string,
  ): Promise<string[]>;
  /** Where the inspector is, for an app that was given a port for it. */
  getInspectorURL(): Promise<URL>;
}

/** An object's storage, from outside. */
export interface ObjectStorage {
  /** Runs one statement in the object, and returns its rows. */
  exec(
    query: string,
    ...bindings: (string | number | boolean | null)[]
  ): Promise<unknown>;
}
