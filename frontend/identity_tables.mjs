// What the bundle takes from exposure_index/: the fold table, packed, and the hash that names both
// identity files. Scripts import it as "identity-tables".
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.join(
  path.dirname(fileURLToPath(import.meta.url)), "..", "exposure_index",
);
const FOLD = path.join(folder, "fold.tsv");
const VECTORS = path.join(folder, "identity_vectors.json");

/** An esbuild plugin that makes the module "identity-tables". */
export const identityTables = {
  name: "identity-tables",
  setup(build) {
    build.onResolve({ filter: /^identity-tables$/ }, () => ({
      path: "identity-tables", namespace: "identity-tables",
    }));
    build.onLoad({ filter: /.*/, namespace: "identity-tables" }, async () => {
      const [fold, vectors] = await Promise.all([readFile(FOLD), readFile(VECTORS)]);
      const hash = createHash("sha256").update(fold).update(vectors).digest("hex");
      const packed = packedFold(fold.toString("utf8"));
      return {
        contents: `export const FOLD = "${packed}"; export const IDENTITY_HASH = "${hash}";`,
        watchFiles: [FOLD, VECTORS],
      };
    });
  },
};

// Sorted by representative, then character: differences of representatives, then of characters,
// as numbers of seven bits a byte; so the whole is 10 kB compressed instead of 19.
function packedFold(text) {
  const pairs = text.split("\n").filter(Boolean)
    .map((line) => line.split("\t").map((character) => character.codePointAt(0)))
    .sort(([a, x], [b, y]) => x - y || a - b);
  const bytes = [];
  for (const column of [1, 0]) {
    let before = 0;
    for (const pair of pairs) {
      const step = pair[column] - before;
      before = pair[column];
      for (let left = step < 0 ? -2 * step - 1 : 2 * step; ; left >>>= 7) {
        bytes.push((left & 127) | (left > 127 ? 128 : 0));
        if (left <= 127) break;
      }
    }
  }
  return Buffer.from(bytes).toString("base64");
}
