/**
 * The headless Chromium of `@sparticuz/chromium`, with the libraries and fonts
 * that it needs, so that no system package is missing (Linux x64).
 *
 * @module
 */

const CACHE = new URL("../../.zonekit/chromium/", import.meta.url);

/** What a launcher needs to know of an unpacked browser. */
export interface PackedChromium {
  /** The program. */
  readonly executablePath: string;
  /** The whole environment that it runs in. */
  readonly env: Record<string, string>;
}

async function exists(url: URL): Promise<boolean> {
  try {
    await Deno.stat(url);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Returns the package's version, which names the folder it is unpacked to. */
async function packedVersion(): Promise<string> {
  const entry = import.meta.resolve("@sparticuz/chromium");
  const { version } = JSON.parse(
    await Deno.readTextFile(new URL("../package.json", entry)),
  );
  return version;
}

/**
 * Returns a font configuration of the fonts below `folder`, and the system's
 * for what these lack. The package's own names the folders of a cloud service.
 */
function fontConfiguration(folder: URL): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder.pathname}fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder.pathname}font-cache</cachedir>
  <match>
    <edit name="family" mode="append_last"><string>Open Sans</string></edit>
  </match>
</fontconfig>
`;
}

/**
 * Unpacks into `folder`. The package unpacks to the process's TMPDIR, which
 * the tests of one process share: so a process of its own does it.
 */
async function unpackTo(folder: URL): Promise<void> {
  const script = new URL("./unpack_chromium.ts", import.meta.url);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script.pathname],
    env: { TMPDIR: folder.pathname },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  const cause = new TextDecoder().decode(stderr);
  throw new Error("Cannot unpack Chromium", { cause });
}

/** Unpacks once, however many tests ask, and whole, whenever one is killed. */
async function unpackOnce(folder: URL): Promise<void> {
  await Deno.mkdir(CACHE, { recursive: true });
  const options = { create: true, write: true };
  using lock = await Deno.open(new URL("lock", CACHE), options);
  await lock.lock(true);
  if (await exists(folder)) return;
  const partial = new URL("partial/", CACHE);
  if (await exists(partial)) await Deno.remove(partial, { recursive: true });
  await Deno.mkdir(partial);
  await unpackTo(partial);
  const fonts = new URL("fonts.conf", partial);
  await Deno.writeTextFile(fonts, fontConfiguration(folder));
  await Deno.rename(partial, folder);
}

/** Returns the browser that npm brings, unpacked. */
export async function packedChromium(): Promise<PackedChromium> {
  const { os, arch } = Deno.build;
  if (os !== "linux" || arch !== "x86_64") {
    throw new Error(
      `No browser found, and npm brings none for ${os} on ${arch}: ` +
        "set CHROME to the path of a Chromium or Chrome",
    );
  }
  const folder = new URL(`${await packedVersion()}/`, CACHE);
  if (!await exists(folder)) await unpackOnce(folder);
  const base = folder.pathname;
  return {
    executablePath: `${base}chromium`,
    env: {
      ...Deno.env.toObject(),
      FONTCONFIG_FILE: `${base}fonts.conf`,
      LD_LIBRARY_PATH: `${base}al2023/lib`,
    },
  };
}
