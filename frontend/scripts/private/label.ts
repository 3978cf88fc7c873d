// The 48-byte label; exposure_index/label/codec.py tells its layout.
import { readU16 } from "./bytes";

export const MODES = ["setting", "flight", "train", "metro", "coach", "bus", "taxi", "ship"];
export const TIERS = ["none", "close", "general"];
export const RELATIONS = [
  "unknown", "same_row", "neighbouring", "same_unit", "same_carriage", "same_vehicle", "companion",
  "crew",
];
const LABEL_BYTES = 48;
const VERSION = 2;
const HEAD_BYTES = 2;
const EXPOSURE_BYTES = 23;
const TIERS_MAX = 16; // mode and tier share a byte: mode × 16 + tier
const TRIP_AT = 8;
const EXPOSURES_MAX = 2;
const DAY_ZERO = Date.UTC(2019, 0, 1) / 86_400_000; // days since 1970

/** Days count from 1970, observeUntil: null = none; carriage: 0 none, 201 to 254 the extra ones
 *  加1 to 加54, 255 another; rule: the number of a rule set. */
export interface Exposure {
  mode: string;
  tier: string;
  rule: number;
  relation: string;
  day: number;
  observeUntil: number | null;
  carriage: number;
  trip: string;
}

/** exposures: at most two, worst first; total: 255 = 255 or more. */
export interface Label {
  exposures: Exposure[];
  total: number;
}

/** Returns the label of 48 bytes. Throws on any other content, the first edition's too. */
export function unpackedLabel(data: Uint8Array): Label {
  if (data.length !== LABEL_BYTES || data[0] !== VERSION) throw new Error("no label");
  const total = data[1]!;
  const exposures: Exposure[] = [];
  for (let number = 0; number < EXPOSURES_MAX; number += 1) {
    const at = HEAD_BYTES + number * EXPOSURE_BYTES;
    const slot = data.subarray(at, at + EXPOSURE_BYTES);
    if (number < total) exposures.push(unpackedExposure(slot));
    else if (slot.some((byte) => byte)) throw new Error("an exposure too many");
  }
  return { exposures, total };
}

function unpackedExposure(slot: Uint8Array): Exposure {
  const trip = slot.subarray(TRIP_AT);
  let length = trip.length;
  while (length && !trip[length - 1]) length -= 1;
  if (trip.subarray(0, length).includes(0)) throw new Error("trip");
  const until = readU16(slot, 5);
  return {
    mode: word(MODES, Math.floor(slot[0]! / TIERS_MAX)),
    tier: word(TIERS, slot[0]! % TIERS_MAX),
    rule: slot[1]!,
    relation: word(RELATIONS, slot[2]!),
    day: DAY_ZERO + readU16(slot, 3),
    observeUntil: until ? DAY_ZERO + until : null,
    carriage: slot[7]!,
    trip: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(trip.subarray(0, length)),
  };
}

function word(words: string[], number: number): string {
  const found = words[number];
  if (found === undefined) throw new Error("a word too far");
  return found;
}
