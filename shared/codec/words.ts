/**
 * Whether errors say in words what was found and what was wanted, or no more
 * than their code and their place. A page that is deployed is not sent the
 * words (`no_words.ts`): the checks are the same, and `dev` runs with them.
 *
 * @module
 */

/** Whether errors have words. */
export const WORDS: boolean = true;
