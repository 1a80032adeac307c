/**
 * In the place of `schema_fault.ts`, by a build whose spec has no schema.
 *
 * @module
 */

/** Is never called: there is no schema to ask. */
export function schemaFault(): null {
  return null;
}
