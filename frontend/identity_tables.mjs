// What the bundle takes from exposure_index/: the tables of the canonical form, packed, and the hash
// that names them with the vectors. Scripts import it as "identity-tables".
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.join(
  path.dirname(fileURLToPath(import.meta.url)), "..", "exposure_index",
);
// in the order of their names, which is the order of the hash
const FILES = ["fold.tsv", "identity_vectors.json", "latin.tsv", "lookalikes.tsv"].map((name) =>
  path.join(folder, name),
);
const SIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** An esbuild plugin that makes the module "identity-tables". */
export const identityTables = {
  name: "identity-tables",
  setup(build) {
    build.onResolve({ filter: /^identity-tables$/ }, () => ({
      path: "identity-tables", namespace: "identity-tables",
    }));
    build.onLoad({ filter: /.*/, namespace: "identity-tables" }, async () => {
      const files = await Promise.all(FILES.map((file) => readFile(file)));
      const [fold, , latin, lookalikes] = files.map((file) => pairsOf(file.toString("utf8")));
      const hash = createHash("sha256").update(Buffer.concat(files)).digest("hex");
      const values = {
        FOLD: paired(fold), LATIN: spelled(latin), LOOKALIKES: paired(lookalikes),
        IDENTITY_HASH: hash,
      };
      const contents = Object.entries(values)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n");
      return { contents, watchFiles: FILES };
    });
  },
};

function pairsOf(text) {
  return text.split("\n").filter(Boolean).map((line) => line.split("\t"));
}

// Sorted by representative, then character: how far each representative lies behind the one before,
// then each character behind its representative. Half as long as the text, both compressed.
function paired(pairs) {
  const codes = pairs.map((pair) => pair.map((character) => character.codePointAt(0)))
    .sort(([a, x], [b, y]) => x - y || a - b);
  const steps = codes.map(([, to], at) => to - (at ? codes[at - 1][1] : 0));
  return packed([...steps, ...codes.map(([from, to]) => from - to)]);
}

// Sorted by character: how far each lies behind the one before, and the letters for each. A small
// letter whose capital has the same letters is left out: texts are in upper case when they are read.
function spelled(pairs) {
  const letters = new Map(pairs);
  const needed = pairs
    .filter(([c, text]) => c.toUpperCase() === c || letters.get(c.toUpperCase()) !== text)
    .map(([character, text]) => [character.codePointAt(0), text])
    .sort(([a], [b]) => a - b);
  const steps = needed.map(([code], at) => code - (at ? needed[at - 1][0] : 0));
  return [packed(steps), needed.map(([, text]) => text).join(" ")];
}

// Numbers as 18 bits, six a letter: the highest six of all come first, which compresses best.
function packed(numbers) {
  return [12, 6, 0]
    .flatMap((bits) => numbers.map((number) => SIXES[(number >> bits) & 63]))
    .join("");
}
