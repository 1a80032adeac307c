import { DeployError } from "../deploy_error.ts";

/** Refuses a port that something else listens on; 0 is any free one. */
export function assertPortFree(port: number): void {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  } catch (error) {
    const isTaken = error instanceof Deno.errors.AddrInUse;
    throw new DeployError({
      code: "port-taken",
      doing: `listen on 127.0.0.1:${port}`,
      path: "--port",
      found: isTaken
        ? `port ${port} is taken`
        : `port ${port} is not allowed here`,
      wanted: "a free one, by --port N",
    });
  }
}
