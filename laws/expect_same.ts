/** Throws where two texts differ. */
export function expectSame(what: string, found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`${what} is ${found}, want ${wanted}`);
}
