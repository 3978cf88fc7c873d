// What the bundle takes from exposure_index/: the fold table, packed, and the hash that names both
// identity files. Scripts import it as "identity-tables".
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.join(
  path.dirname(fileURLToPath(import.meta.url)), "..", "exposure_index",
);
const SIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FOLD = path.join(folder, "fold.tsv");
const VECTORS = path.join(folder, "identity_vectors.json");
const LATIN = path.join(folder, "latin.tsv");
const LOOKALIKES = path.join(folder, "lookalikes.tsv");

/** An esbuild plugin that makes the module "identity-tables". */
export const identityTables = {
  name: "identity-tables",
  setup(build) {
    build.onResolve({ filter: /^identity-tables$/ }, () => ({
      path: "identity-tables", namespace: "identity-tables",
    }));
    build.onLoad({ filter: /.*/, namespace: "identity-tables" }, async () => {
      const files = await Promise.all([FOLD, VECTORS, LATIN, LOOKALIKES].map((file) => readFile(file)));
      const hash = createHash("sha256").update(Buffer.concat(files)).digest("hex");
      return {
        contents: `export const FOLD = "${packed(files[0].toString("utf8"))}"; export const IDENTITY_HASH = "${hash}";`,
        watchFiles: [FOLD, VECTORS, LATIN, LOOKALIKES],
      };
    });
  },
};

// Sorted by representative, then character: for each pair, how far its representative lies behind the
// one before, and the character behind its representative, as 18 bits. Six bits are a letter, the
// highest of all pairs first: so the whole is half the size compressed that the text has.
function packed(text) {
  const pairs = text.split("\n").filter(Boolean)
    .map((line) => line.split("\t").map((character) => character.codePointAt(0)))
    .sort(([a, x], [b, y]) => x - y || a - b);
  const steps = pairs.map((pair, at) => pair[1] - (at ? pairs[at - 1][1] : 0));
  const distances = pairs.map(([character, representative]) => character - representative);
  return [steps, distances]
    .flatMap((numbers) => [12, 6, 0].map((bits) => numbers.map((one) => SIXES[(one >> bits) & 63])))
    .flat()
    .join("");
}
