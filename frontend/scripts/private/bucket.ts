// One bucket, proven against the manifest's root, and the entries of an identity in it.
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { expand } from "@noble/hashes/hkdf.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";

import { concat, readU32, same, u32, utf8 } from "./bytes";
import { CannotAnswer } from "./cannot_answer";
import { type Label, unpackedLabel } from "./label";
import type { Manifest } from "./manifest";
import type { Outputs } from "./question";

const MAGIC = utf8("GAUGEB01");
const ENTRY = concat(utf8("gauge/v1/entry"), [0]);
const PLACE = utf8("gauge/v1/bucket");
const MATERIAL_BYTES = 60; // locator 16, key 32, nonce 12
const LOCATOR_BYTES = 16;
const KEY_END = 48;
const ENTRY_BYTES = 80;
const HASH_BYTES = 32;

/** Returns the number of the one bucket to fetch. */
export function bucketNumber(outputs: Outputs, log2Buckets: number): number {
  return readU32(expand(sha512, outputs.document, PLACE, 4), 0) >>> (32 - log2Buckets);
}

/** Returns the labels of the document with each name and of it alone: none to three.
 *  All three are looked for always. Throws CannotAnswer for anything unproven. */
export function labelsIn(bucket: Uint8Array, outputs: Outputs, manifest: Manifest): Label[] {
  const number = bucketNumber(outputs, manifest.log2Buckets);
  const entries = provenEntries(bucket, number, manifest);
  return [...outputs.identities, outputs.document]
    .map((output) => labelOf(output, entries, manifest.buildId))
    .filter((label): label is Label => label !== null);
}

function provenEntries(bucket: Uint8Array, number: number, manifest: Manifest): Uint8Array {
  const header = concat(MAGIC, manifest.buildId, u32(number), u32(manifest.bucketEntries));
  const contentBytes = header.length + manifest.bucketEntries * ENTRY_BYTES;
  if (bucket.length !== contentBytes + manifest.log2Buckets * HASH_BYTES) unproven("length");
  if (!same(bucket.subarray(0, header.length), header)) unproven("header");
  let reached = sha256(concat([0], bucket.subarray(0, contentBytes)));
  for (let height = 0; height < manifest.log2Buckets; height += 1) {
    const at = contentBytes + height * HASH_BYTES;
    const sibling = bucket.subarray(at, at + HASH_BYTES);
    const right = (number >>> height) & 1;
    reached = sha256(concat([1], ...(right ? [sibling, reached] : [reached, sibling])));
  }
  if (!same(reached, manifest.root)) unproven("path");
  return bucket.subarray(header.length, contentBytes);
}

// Every entry is compared, found or not: a phone takes as long for a hit as for a miss, but for
// opening it.
function labelOf(output: Uint8Array, entries: Uint8Array, buildId: Uint8Array): Label | null {
  const material = expand(sha512, output, concat(ENTRY, buildId), MATERIAL_BYTES);
  const locator = material.subarray(0, LOCATOR_BYTES);
  let found: Uint8Array | null = null;
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    if (same(entries.subarray(at, at + LOCATOR_BYTES), locator)) {
      if (found) unproven("two entries"); // and which one counts would be a guess
      found = entries.subarray(at + LOCATOR_BYTES, at + ENTRY_BYTES);
    }
  }
  if (!found) return null;
  try {
    const key = material.subarray(LOCATOR_BYTES, KEY_END);
    const opened = chacha20poly1305(key, material.subarray(KEY_END), buildId).decrypt(found);
    return unpackedLabel(opened);
  } catch {
    // builder and browser derive differently then, and "not found" would be a guess
    return unproven("entry");
  }
}

function unproven(what: string): never {
  throw new CannotAnswer("unproven", `bucket: ${what}`);
}
