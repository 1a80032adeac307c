/**
 * Unpacks Chromium, its fonts and its libraries into TMPDIR.
 *
 * @module
 */

import chromium, { inflate } from "@sparticuz/chromium";

const entry = import.meta.resolve("@sparticuz/chromium");
const libraries = new URL("../bin/al2023.tar.br", entry);

await chromium.executablePath();
await inflate(libraries.pathname);
