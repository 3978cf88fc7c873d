// Writes app/static/bundle/: style sheets, icons, scripts and the reader of codes, under names that hold
// their content's hash, each also compressed; manifest.json tells the service the names, integrity.json
// what the browser must find in them.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build, transform } from "esbuild";
import * as sass from "sass";

import { iconPng } from "./icon_png.mjs";
import { identityTables } from "./identity_tables.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const bundle = path.join(here, "..", "app", "static", "bundle");
const HASH_LETTERS = 12;
const OLDEST_BROWSERS = ["chrome66", "safari12", "firefox68"];
const WITH_BIG_INTEGERS = ["chrome67", "safari14", "firefox78"]; // and \p{…} in expressions
const PRIVATE = "private.ts";
const KIOSK_BROWSERS = ["chrome80", "safari15.4", "firefox96"]; // with locks between pages
const KIOSK = /^(?:kiosk|visit)(?:_\w+)?\.ts$/;
const SCANNER = path.join(here, "node_modules", "zxing-wasm", "dist", "reader", "zxing_reader.wasm");

async function styles() {
  const sheets = (await readdir(path.join(here, "styles"))).filter((file) => /^[^_]/.test(file));
  const names = sheets.map((file) => path.parse(file).name);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [`${name}.css`, await style(`${name}.scss`)])),
  );
}

async function style(file) {
  const compiled = sass.compile(path.join(here, "styles", file), {
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

// Each file of scripts/ becomes one script; what they share stands in scripts/parts/.
async function scripts() {
  const names = (await readdir(path.join(here, "scripts"))).filter((name) => name.endsWith(".ts"));
  const built = await Promise.all([
    bundled(names.filter((name) => name !== PRIVATE && !KIOSK.test(name)), OLDEST_BROWSERS),
    bundled(names.filter((name) => KIOSK.test(name)), KIOSK_BROWSERS),
    bundled([PRIVATE], WITH_BIG_INTEGERS),
  ]);
  return Object.assign({}, ...built);
}

async function bundled(names, browsers) {
  const built = await build({
    entryPoints: names.map((name) => path.join(here, "scripts", name)),
    outdir: "out",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: browsers,
    supported: { destructuring: true }, // Safari before 14.1 errs in a corner that nothing here meets
    legalComments: "none",
    plugins: [identityTables],
  });
  return Object.fromEntries(built.outputFiles.map((file) => [path.basename(file.path), file.text]));
}

function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, HASH_LETTERS);
  const { name: stem, ext } = path.parse(name);
  return `${stem}.${hash}${ext}`;
}

function integrity(content) {
  return `sha384-${createHash("sha384").update(content).digest("base64")}`;
}

const icon = await readFile(path.join(here, "images", "icon.svg"), "utf8");
const files = {
  ...(await styles()),
  ...(await scripts()),
  "icon.svg": icon,
  "icon_192.png": iconPng(icon, 192, false),
  "icon_512.png": iconPng(icon, 512, false),
  "icon_maskable.png": iconPng(icon, 512, true),
  "zxing_reader.wasm": await readFile(SCANNER),
};
await rm(bundle, { recursive: true, force: true });
await mkdir(bundle, { recursive: true });
const names = {};
const integrities = {};
for (const [name, content] of Object.entries(files)) {
  names[name] = hashedName(name, content);
  integrities[name] = integrity(content);
  await writeFile(path.join(bundle, names[name]), content);
  // beside it, what a server sends to browsers that take it: nothing is compressed while it runs
  await writeFile(path.join(bundle, `${names[name]}.br`), brotliCompressSync(content));
  await writeFile(path.join(bundle, `${names[name]}.gz`), gzipSync(content, { level: 9 }));
}
for (const [name, table] of [["integrity", integrities], ["manifest", names]]) {
  await writeFile(path.join(bundle, `${name}.json`), `${JSON.stringify(table, null, 2)}\n`);
}
