// Bundles modules of scripts/ for Node, so that tests can call them:
// node for_node.mjs OUT.mjs scripts/private/identity.ts …
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { identityTables } from "./identity_tables.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const [out, ...modules] = process.argv.slice(2);
await build({
  stdin: {
    contents: modules.map((file) => `export * from ${JSON.stringify(`./${file}`)};`).join("\n"),
    resolveDir: here,
  },
  outfile: out,
  bundle: true,
  format: "esm",
  platform: "node",
  nodePaths: [path.join(here, "node_modules")], // for what tests bring along
  plugins: [identityTables],
});
