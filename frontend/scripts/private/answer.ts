// One answer from the labels of every authority: exposure_index/lookup/check.py.
import type { Exposure, Label } from "./label";
import type { Manifest, Rule } from "./manifest";

const TOTAL_OR_MORE = 255;

/** ruleName: of the rule set, where the manifest names it. */
export interface ListedTrip extends Exposure {
  ruleName: string;
  authority: string;
}

const WHY = ["absent", "expired", "stale", "damaged"] as const;

/** Data that should be here and do not count; authority: "" where nobody knows whose. */
export interface Missing {
  authority: string;
  why: (typeof WHY)[number];
}

export interface Answer {
  status: "exposed" | "not_found" | "incomplete";
  exposures: ListedTrip[];
  total: number;
  manifests: Manifest[];
  missing: Missing[];
}

/** Returns what the API tells to be missing; a reason that is not known counts as damage. */
export function missingTold(told: { authority: unknown; reason: unknown }[]): Missing[] {
  return told.map(({ authority, reason }) => ({
    authority: authority ? String(authority) : "",
    why: WHY.find((why) => why === reason) || "damaged",
  }));
}

/** Returns what either list tells; the first says why, where both name an authority. */
export function united(first: Missing[], second: Missing[]): Missing[] {
  const more = second.filter((one) => !first.some(({ authority }) => authority === one.authority));
  return [...first, ...more];
}

/** Returns the merged answer; found: each authority's manifest with the labels found there. */
export function merged(found: { manifest: Manifest; labels: Label[] }[], missing: Missing[]): Answer {
  const trips: ListedTrip[] = [];
  let total = 0;
  for (const { manifest, labels } of found) {
    // a person's entries, one a spelling, carry one label: what stands in an earlier one counts once
    const told: ListedTrip[] = [];
    labels.forEach((label, at) => {
      const before = [...told];
      const listed = listedTrips(label, manifest);
      told.push(...listed.filter((trip) => !before.some((one) => alike(one, trip))));
      if (!labels.slice(0, at).some((one) => alike(one, label))) total += label.total;
    });
    trips.push(...told);
  }
  trips.sort(worstFirst);
  const status = trips.length ? "exposed" : missing.length ? "incomplete" : "not_found";
  const manifests = found.map((one) => one.manifest);
  return { status, exposures: trips, total: Math.min(total, TOTAL_OR_MORE), manifests, missing };
}

/** Returns what is told of a rule set by its number: name and content, nothing where unknown. */
export function ruleOf(manifest: Manifest, number: number): { name: string; rule: Rule } {
  for (const [name, rule] of Object.entries(manifest.rules)) {
    if (typeof rule === "object" && rule !== null && rule.number === number) return { name, rule };
  }
  return { name: String(number), rule: {} };
}

function alike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function listedTrips(label: Label, manifest: Manifest): ListedTrip[] {
  return label.exposures.map((exposure) => ({
    ...exposure,
    ruleName: ruleOf(manifest, exposure.rule).name,
    authority: manifest.authority,
  }));
}

// As Exposure.worst_first of label/model.py; sort() keeps the order of equals.
function worstFirst(one: ListedTrip, other: ListedTrip): number {
  const tiers = ["close", "general", "none"];
  return (
    tiers.indexOf(one.tier) - tiers.indexOf(other.tier) ||
    reach(other) - reach(one) ||
    other.day - one.day
  );
}

function reach(trip: ListedTrip): number {
  return Math.max(trip.observeUntil ?? trip.day, trip.day);
}
