import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { fromHex, same, utf8 } from "./bytes";
import { canonicalJson } from "./canonical_json";

const SIGNER_ID_BYTES = 8;

/** trust.json: whose signatures count (id → public key, both in hex), and how many there must be. */
export interface Trust {
  threshold: number;
  keys: Record<string, string>;
}

/** Returns whether the document is signed by enough trusted keys, and by nobody else. */
export function signedByEnough(document: Record<string, unknown>, trust: Trust): boolean {
  const { signatures, ...rest } = document;
  if (typeof signatures !== "object" || signatures === null) return false;
  const message = utf8(canonicalJson(rest));
  const signers = Object.entries(signatures);
  return (
    trust.threshold >= 1 &&
    signers.length >= trust.threshold &&
    signers.every(([id, signature]) => signedBy(message, String(signature), id, trust))
  );
}

function signedBy(message: Uint8Array, signature: string, id: string, trust: Trust): boolean {
  if (!Object.prototype.hasOwnProperty.call(trust.keys, id)) return false;
  try {
    const key = fromHex(trust.keys[id]!);
    const named = same(sha256(key).subarray(0, SIGNER_ID_BYTES), fromHex(id));
    return named && ed25519.verify(fromHex(signature), message, key, { zip215: false });
  } catch {
    return false;
  }
}
