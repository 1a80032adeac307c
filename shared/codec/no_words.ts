/**
 * In the place of `words.ts`, by the build of a page that is deployed.
 *
 * @module
 */

/** Errors say their code and their place. */
export const WORDS: boolean = false;
