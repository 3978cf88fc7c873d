// One answer from the labels of every authority: exposure_index/lookup/check.py and observation.py.
import type { Exposure, Label } from "./label";
import type { Manifest, Rule } from "./manifest";

const TOTAL_OR_MORE = 255;
const JOURNEY_DAYS_MAX = 7; // from boarding to alighting, as observation.py says

/** Days count from 1970; ruleName: of the rule set; observeUntil: null where not known. */
export interface ListedTrip extends Exposure {
  ruleName: string;
  observeUntil: number | null;
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
    // a document without a name in its manifest carries one label under both entries
    const different = labels.filter((label, at) => !at || !alike(label, labels[0]));
    const told: ListedTrip[] = [];
    for (const label of different) {
      const listed = listedTrips(label, manifest);
      told.push(...listed.filter((trip) => label === labels[0] || !told.some((one) => alike(one, trip))));
      total += label.total;
    }
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
  const until = observedUntil(label, manifest);
  return label.exposures.map((exposure, at) => ({
    ...exposure,
    ruleName: ruleOf(manifest, exposure.rule).name,
    observeUntil: until[at]!,
    authority: manifest.authority,
  }));
}

// Close before general before none, then the latest day; sort() keeps the order of equals.
function worstFirst(one: ListedTrip, other: ListedTrip): number {
  const tiers = ["close", "general", "none"];
  return tiers.indexOf(one.tier) - tiers.indexOf(other.tier) || other.day - one.day;
}

function observedUntil(label: Label, manifest: Manifest): (number | null)[] {
  const until = label.observeUntil;
  if (until === null) return label.exposures.map(() => null);
  if (diseasesObserved(manifest).size < 2) {
    // nearly every index: the day is that of any trip under a rule set that observes
    return label.exposures.map((exposure) => {
      const { rule } = ruleOf(manifest, exposure.rule);
      return Object.keys(rule).length && rule.observation_days !== 0 ? until : null;
    });
  }
  const told = label.exposures.map((exposure) => {
    const { rule } = ruleOf(manifest, exposure.rule);
    return { exposure, disease: diseaseOf(rule), days: rule.observation_days };
  });
  let sure = possibleDiseases(label, manifest);
  if (sure.size > 1) sure = diseasesOfTheDay(until, told, label.total > told.length);
  return told.map(({ disease, days }) => (days !== 0 && sure.has(disease) ? until : null));
}

function possibleDiseases(label: Label, manifest: Manifest): Set<string> {
  const hidden = label.total > label.exposures.length; // trips counted only: of any rule set
  if (hidden) return diseasesObserved(manifest);
  return observed(label.exposures.map((exposure) => ruleOf(manifest, exposure.rule).rule));
}

function diseasesObserved(manifest: Manifest): Set<string> {
  const rules = Object.values(manifest.rules);
  return observed(rules.filter((rule) => typeof rule === "object" && rule !== null));
}

function observed(rules: Rule[]): Set<string> {
  return new Set(rules.filter((rule) => rule.observation_days !== 0).map(diseaseOf));
}

function diseasesOfTheDay(
  until: number,
  told: { exposure: Exposure; disease: string; days: unknown }[],
  hidden: boolean,
): Set<string> {
  const exact = new Set<string>();
  const possible = new Set<string>();
  for (const { exposure, disease, days } of told) {
    if (typeof days !== "number" || days === 0) continue;
    const aboard = until - exposure.day - days;
    if (aboard === 0) exact.add(disease);
    if (aboard >= 0 && (aboard <= JOURNEY_DAYS_MAX || exposure.mode === "ship")) possible.add(disease);
  }
  return hidden || possible.size > 1 ? exact : possible;
}

function diseaseOf(rule: Rule): string {
  return rule.disease === undefined ? "" : String(rule.disease);
}
