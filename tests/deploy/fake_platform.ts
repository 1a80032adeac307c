/**
 * As much of the platform's HTTP interface as an upload by wrangler needs: it
 * says which scripts there are, takes new ones, and remembers what it took.
 *
 * @module
 */

/** A script that was uploaded. */
export interface Uploaded {
  /** Its name. */
  readonly script: string;
  /** The names of its bindings, in order. */
  readonly bindings: readonly string[];
}

/** A platform on this machine. */
export interface FakePlatform extends AsyncDisposable {
  /** Where wrangler is to look for it. */
  readonly url: string;
  /** What it took, oldest first. */
  readonly uploads: readonly Uploaded[];
}

/** Starts a platform that has these scripts. */
export function startFakePlatform(scripts: readonly string[]): FakePlatform {
  const there = new Set(scripts);
  const uploads: Uploaded[] = [];
  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const script = /\/(?:scripts|services)\/([^/]+)/.exec(pathname)?.[1];
    if (request.method === "PUT" && script) {
      uploads.push({ script, bindings: bindingsIn(await request.text()) });
      there.add(script);
    }
    if (pathname.endsWith("/assets-upload-session")) {
      return success({ jwt: "a.b.c", buckets: [] });
    }
    if (script && !there.has(script)) return noSuchScript();
    if (pathname.endsWith("/secrets")) return success([]);
    if (pathname.endsWith("/deployments")) return success({ deployments: [] });
    if (pathname.endsWith("/subdomain")) {
      return success({ subdomain: "here", enabled: true });
    }
    return success({ id: "id", default_environment: { script: {} } });
  }
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    answer,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    uploads,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The upload is a form, whose metadata part lists the bindings. */
function bindingsIn(form: string): string[] {
  const metadata = /\{"main_module".*\}/.exec(form)?.[0] ?? "{}";
  const { bindings = [] } = JSON.parse(metadata) as {
    bindings?: { name: string }[];
  };
  return bindings.map(({ name }) => name).sort();
}

function success(result: object): Response {
  return Response.json({ success: true, errors: [], messages: [], result });
}

function noSuchScript(): Response {
  const error = { code: 10007, message: "This Worker does not exist." };
  return Response.json(
    { success: false, errors: [error], messages: [], result: null },
    { status: 404 },
  );
}
