import { assertEquals } from "@std/assert";
import { CODES } from "../../shared/protocol/code_sentences.ts";
import {
  type Code,
  codeOfNumber,
  numberOfCode,
} from "../../shared/protocol/codes.ts";

Deno.test("every code has its number on the wire, in the order of CODES", () => {
  const codes = Object.keys(CODES) as Code[];
  assertEquals(codes.map(numberOfCode), [...codes.keys()]);
  assertEquals([...codes.keys(), codes.length].map(codeOfNumber), [
    ...codes,
    undefined,
  ]);
});
