import { assertEquals } from "@std/assert";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { startZones } from "./local_zones.ts";
import { post } from "./raw_client.ts";

Deno.test("tokens of key pairs are believed by the issuer's keys alone", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const stranger = await generateKeyPair("ES256");
  const jwk = await exportJWK(publicKey);
  const asked: string[] = [];
  await using zones = await startZones({
    entry: new URL("./fixture/key_pairs.ts", import.meta.url),
    outbound: (address) => {
      asked.push(address);
      return { keys: [{ ...jwk, kid: "first", alg: "ES256" }] };
    },
  });
  const sign = async (
    key: Parameters<SignJWT["sign"]>[0],
    { alg = "ES256", kid = "first" } = {},
  ) =>
    await new SignJWT({ user_id: "ada" })
      .setProtectedHeader({ alg, kid, typ: "at+jwt" })
      .setIssuer("somebody")
      .setAudience("fixture")
      .setExpirationTime("1h")
      .sign(key);
  const statusOf = async (token: string) => {
    const headers = { Authorization: `Bearer ${token}` };
    const address = `${zones.url}/connect`;
    const response = await post(address, { space: "home" }, headers);
    await response.body?.cancel();
    return response.status;
  };

  assertEquals(await statusOf(await sign(privateKey)), 200);
  assertEquals(await statusOf(await sign(stranger.privateKey)), 401);
  assertEquals(await statusOf(await sign(privateKey, { kid: "x" })), 401);
  // The public key is no secret: signing with it must prove nothing.
  const secret = new TextEncoder().encode(JSON.stringify(jwk));
  assertEquals(await statusOf(await sign(secret, { alg: "HS256" })), 401);
  assertEquals(new Set(asked), new Set(["http://127.0.0.1/keys.json"]));

  const user = { user: "ada" };
  const signedIn = await post(`${zones.url}/dev/sign-in`, user);
  await signedIn.body?.cancel();
  assertEquals(signedIn.status, 404);
});
