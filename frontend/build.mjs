// Writes app/static/bundle/: the style sheet and icon under names that hold their content's hash,
// and manifest.json, which tells the service the names.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { transform } from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const bundle = path.join(here, "..", "app", "static", "bundle");
const HASH_LETTERS = 12;
const OLDEST_BROWSERS = ["chrome66", "safari12", "firefox68"];

async function styles() {
  const compiled = sass.compile(path.join(here, "styles", "main.scss"), {
    loadPaths: [path.join(here, "node_modules")],
    quietDeps: true,
  });
  const small = await transform(compiled.css, {
    loader: "css",
    minify: true,
    target: OLDEST_BROWSERS,
    legalComments: "none",
  });
  return small.code;
}

function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, HASH_LETTERS);
  const { name: stem, ext } = path.parse(name);
  return `${stem}.${hash}${ext}`;
}

const files = {
  "main.css": await styles(),
  "icon.svg": await readFile(path.join(here, "images", "icon.svg"), "utf8"),
};
await rm(bundle, { recursive: true, force: true });
await mkdir(bundle, { recursive: true });
const names = {};
for (const [name, content] of Object.entries(files)) {
  names[name] = hashedName(name, content);
  await writeFile(path.join(bundle, names[name]), content);
}
await writeFile(path.join(bundle, "manifest.json"), `${JSON.stringify(names, null, 2)}\n`);
