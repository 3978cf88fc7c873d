// RFC 8785 for what manifests hold: objects, arrays, strings, integers, true, false and null.
// JSON.stringify writes strings and numbers as that standard asks; it took them from ECMAScript.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;

/** Returns the canonical form of a parsed document. Throws for what a manifest cannot hold. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const held = value as Record<string, unknown>;
    const names = Object.keys(held).sort(); // by UTF-16 code units
    return `{${names.map((name) => `${written(name)}:${canonicalJson(held[name])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("no integer");
  return written(value);
}

function written(value: unknown): string {
  if (typeof value === "string" && LONE_SURROGATE.test(value)) throw new Error("lone surrogate");
  const text = JSON.stringify(value);
  if (text === undefined) throw new Error("no JSON");
  return text;
}
