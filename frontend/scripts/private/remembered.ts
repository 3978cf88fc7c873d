// What this browser saw before of each authority, so that nobody shows it an older build or a key
// of its own making. No identity and no answer: neither is ever stored.
import { sha256 } from "@noble/hashes/sha2.js";

import { toHex, utf8 } from "./bytes";
import { canonicalJson } from "./canonical_json";
import { CannotAnswer } from "./cannot_answer";
import type { Manifest } from "./manifest";
import type { Trust } from "./trust";

const ITEM = "gauge-manifests";

interface Seen {
  seq: number;
  key: string; // the public key, in hex
  until: string; // until when that manifest may be used
}

/** Throws CannotAnswer where a manifest is older than one seen before, or names another key while
 *  the one seen before is still valid; else remembers it. Without a store nothing is compared. */
export function refuseWhatWasReplaced(manifest: Manifest, trust: Trust, now: Date): void {
  const name = `${fingerprint(trust)} ${manifest.authority}`;
  const key = toHex(manifest.publicKey);
  const all = stored();
  const before = all[name];
  if (before) {
    if (manifest.seq < before.seq) throw new CannotAnswer("rolled_back", "manifest");
    if (before.key !== key && now.getTime() < Date.parse(before.until)) {
      throw new CannotAnswer("another_key", "manifest");
    }
  }
  all[name] = { seq: manifest.seq, key, until: manifest.validUntil };
  try {
    localStorage.setItem(ITEM, JSON.stringify(all));
  } catch {
    // private windows may have none, or a full one
  }
}

function fingerprint(trust: Trust): string {
  return toHex(sha256(utf8(canonicalJson(trust))).subarray(0, 8));
}

function stored(): Record<string, Seen> {
  const found: Record<string, Seen> = {};
  try {
    const all: unknown = JSON.parse(localStorage.getItem(ITEM) || "{}");
    for (const [name, seen] of Object.entries(all as Record<string, Partial<Seen>>)) {
      if (Number.isInteger(seen.seq) && typeof seen.key === "string" && seen.until) {
        found[name] = { seq: seen.seq!, key: seen.key, until: seen.until };
      }
    }
  } catch {
    // no store, or something else in it: then nothing was seen before
  }
  return found;
}
