// A signed manifest, as far as a private check needs it.
import { sha256 } from "@noble/hashes/sha2.js";
import { IDENTITY_HASH } from "identity-tables";

import { fromHex, same } from "./bytes";
import { CannotAnswer } from "./cannot_answer";
import { type Trust, signedByEnough } from "./trust";

const KEY_ID_BYTES = 8;
const LOG2_BUCKETS_MIN = 9; // fewer and larger buckets cost time, more and smaller ones hide nobody
const LOG2_BUCKETS_MAX = 24;
const BUCKET_ENTRIES_MAX = 1 << 20;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

export interface Rule {
  number?: unknown;
  disease?: unknown;
  observation_days?: unknown;
  title?: unknown;
  source?: unknown;
  source_words?: unknown;
  words?: unknown;
  advice?: unknown;
  distances?: unknown;
}

export interface Manifest {
  authority: string;
  seq: number;
  buildId: Uint8Array; // 16 bytes
  builtAt: string; // times: UTC, "…Z"
  validUntil: string;
  oldestSource: string;
  rules: Record<string, Rule>;
  coverage: unknown[];
  unruled: string[]; // diseases whose cases are not in the index
  keyId: Uint8Array; // 8 bytes
  publicKey: Uint8Array; // 32 bytes
  log2Buckets: number;
  bucketEntries: number;
  root: Uint8Array; // 32 bytes
}

/** Returns a manifest whose signatures, identity tables and dates hold. Throws CannotAnswer. */
export function trustedManifest(document: unknown, trust: Trust, now: Date): Manifest {
  let manifest: Manifest;
  try {
    const signed = record(document);
    if (!signedByEnough(signed, trust)) throw new Error("signatures");
    if (text(signed.identity) !== IDENTITY_HASH) throw new Error("identity tables");
    manifest = read(signed);
  } catch (error) {
    throw new CannotAnswer("unproven", `manifest: ${(error as Error).message}`);
  }
  if (now.getTime() >= Date.parse(manifest.validUntil)) throw new CannotAnswer("expired", "manifest");
  return manifest;
}

function read(signed: Record<string, unknown>): Manifest {
  const told = record(signed.private);
  const publicKey = bytes(told.public_key, 32);
  const keyId = bytes(told.key_id, KEY_ID_BYTES);
  if (!same(sha256(publicKey).subarray(0, KEY_ID_BYTES), keyId)) throw new Error("key_id");
  if (!Array.isArray(signed.coverage)) throw new Error("coverage");
  return {
    authority: text(signed.authority),
    seq: integer(signed.seq, 1, Number.MAX_SAFE_INTEGER),
    buildId: bytes(signed.build_id, 16),
    builtAt: time(signed.built_at),
    validUntil: time(signed.valid_until),
    oldestSource: time(signed.oldest_source),
    rules: record(signed.rules) as Record<string, Rule>,
    coverage: signed.coverage,
    unruled: diseases(signed.unruled),
    keyId,
    publicKey,
    log2Buckets: integer(told.log2_buckets, LOG2_BUCKETS_MIN, LOG2_BUCKETS_MAX),
    bucketEntries: integer(told.bucket_entries, 1, BUCKET_ENTRIES_MAX),
    root: bytes(told.root, 32),
  };
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("shape");
  return value as Record<string, unknown>;
}

function diseases(value: unknown): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error("unruled");
  return value.map(text);
}

function text(value: unknown): string {
  if (typeof value !== "string" || !value) throw new Error("text");
  return value;
}

function integer(value: unknown, least: number, most: number): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new Error("number");
  }
  return value as number;
}

function time(value: unknown): string {
  if (typeof value !== "string" || !TIME.test(value) || isNaN(Date.parse(value))) {
    throw new Error("time");
  }
  return value;
}

function bytes(value: unknown, length: number): Uint8Array {
  const held = fromHex(text(value));
  if (held.length !== length) throw new Error("length");
  return held;
}
