// The view model of one person's answer, with the names that the templates use: what view_model.py,
// advice.py and trips.py of app/answer_pages make for the plain check.
import { type Answer, type ListedTrip, type Missing, ruleOf } from "./answer";
import { toHex } from "./bytes";
import type { Facts, Words } from "./facts";
import { table } from "./json_table";
import type { Manifest, Rule } from "./manifest";
import { placesOf } from "./published_places";
import { zonePicture } from "./zone_pictures";

const CARRIAGE_NONE = 0;
const CARRIAGE_OTHER = 255;
const CARRIAGE_PLAIN_MAX = 200; // behind it the extra ones, 加1 and so on
const CLOSE = "close";

/** Returns what the templates ask of a verdict: close, general, ended, not_found or incomplete. */
export function verdict(kind: string) {
  return {
    kind,
    is_close: kind === "close",
    is_general: kind === "general",
    is_ended: kind === "ended",
    is_not_found: kind === "not_found",
    is_incomplete: kind === "incomplete",
  };
}

/** Returns the view model of one person's answer; today: a day counted from 1970. */
export function answerView(answer: Answer, facts: Facts, today: number) {
  const manifests = new Map(answer.manifests.map((manifest) => [manifest.authority, manifest]));
  const manifestOf = (trip: ListedTrip) => manifests.get(trip.authority)!;
  const ruleFor = (trip: ListedTrip) => ruleOf(manifestOf(trip), trip.rule).rule;
  const [over, going] = [true, false].map((wanted) =>
    answer.exposures.filter((trip) => observationOver(trip, today) === wanted),
  ) as [ListedTrip[], ListedTrip[]];
  const exposures = [...going, ...over];
  const trips = exposures.map((trip) => tripView(trip, manifestOf(trip), facts, today));
  const until = latest(trips);
  const allOver = exposures.length > 0 && !going.length;
  const goesOn = until !== null && until >= today;
  const moreTrips = Math.max(0, answer.total - trips.length);
  const advice = advices(exposures, trips, ruleFor, facts.language);
  const owner = ownerOf(answer, exposures);
  const listedBy = new Set(exposures.map((trip) => trip.authority)).size;
  const listed = answer.status === "exposed";
  const close = listed && exposures.some((trip) => trip.tier === CLOSE);
  const ended = allOver && !answer.missing.length;
  const closeGoesOn = going.some((trip) => trip.tier === CLOSE) || answer.missing.length > 0;
  const listedAs = ended ? "ended" : close && closeGoesOn ? "close" : "general";
  return {
    is_listed: listed,
    ...verdict(listed ? listedAs : answer.status),
    was_close: close,
    trips,
    advice,
    several_advices: advice.length > 1,
    more_trips: moreTrips,
    observe_until: until,
    observation_over: allOver,
    observation_goes_on: goesOn,
    observed_by_steps: goesOn && advice.some((one) => one.steps.length),
    oldest_source: answer.manifests.map((one) => one.oldestSource).sort()[0]!,
    ask_again_on: today + 1,
    whom_to_call: owner || facts.authority,
    hotline: facts.hotlines[owner] || facts.hotline,
    listed_by: listedBy,
    listed_by_several: listedBy > 1,
    missing: answer.missing.map((one) => missingView(one, facts)),
  };
}

function tripView(trip: ListedTrip, manifest: Manifest, facts: Facts, today: number) {
  const { words } = facts;
  const { rule } = ruleOf(manifest, trip.rule);
  const picture = zonePicture(trip, rule.distances, facts.pictures);
  return {
    tier: words.tiers[trip.tier]!,
    mode: words.modes[trip.mode]!,
    number: trip.trip,
    service_date: trip.day,
    carriage: placeWords(trip, words),
    ...placesOf(trip, toHex(manifest.buildId), facts.places),
    relation: words.neighbouring[picture.mark] || words.relations[trip.relation]!,
    rule_words: ruleWords(rule, trip.mode, facts.language) || trip.ruleName,
    source: sourceWords(rule, facts.language),
    observe_until: trip.observeUntil,
    observation_over: observationOver(trip, today),
    authority: trip.authority,
    picture,
    is_last: true,
  };
}

function placeWords({ mode, carriage }: ListedTrip, words: Words): string {
  if (carriage === CARRIAGE_NONE) return "";
  const extra = carriage - CARRIAGE_PLAIN_MAX;
  if (mode === "ship") return extra > 0 ? words.another_cabin : numbered(words.cabin, carriage);
  if (carriage === CARRIAGE_OTHER) return words.another_carriage;
  return extra > 0 ? numbered(words.extra_carriage, extra) : numbered(words.carriage, carriage);
}

function numbered(words: string, number: number): string {
  return words.replace("{number}", String(number));
}

function observationOver(trip: ListedTrip, today: number): boolean {
  return (trip.observeUntil ?? today) < today;
}

function latest(trips: { observe_until: number | null }[]): number | null {
  const days = trips.map((trip) => trip.observe_until).filter((day) => day !== null);
  return days.length ? Math.max(...days) : null;
}

type TripView = ReturnType<typeof tripView>;

/** Takes the first trip of each rule set, and another one that is observed for longer; what is over
 *  stands apart from what goes on; rule sets that say the same stand once. */
function advices(
  listed: ListedTrip[],
  views: TripView[],
  ruleFor: (trip: ListedTrip) => Rule,
  language: string,
) {
  const found = new Map<string, { tier: string; steps: string[]; over: boolean; trips: TripView[] }>();
  const reach = new Map<string, number>();
  listed.forEach((trip, at) => {
    const view = views[at]!;
    const steps = adviceSteps(ruleFor(trip), trip.tier, language);
    const set = steps.length ? `${trip.authority} ${trip.ruleName}` : "";
    const until = trip.observeUntil ?? -Infinity;
    const before = reach.get(set);
    const over = view.observation_over;
    const key = JSON.stringify([trip.tier, steps, over]);
    const one = found.get(key) || { tier: trip.tier, steps, over, trips: [] };
    if (before === undefined || (until > before && !over)) one.trips.push(view);
    found.set(key, one);
    reach.set(set, Math.max(until, before ?? until));
  });
  const advised = [...found.values()].filter((one) => one.trips.length);
  return advised.map(({ tier, steps, over, trips }) => {
    const until = latest(trips);
    const goesOn = until !== null && !over;
    return {
      steps,
      page_close: !steps.length && tier === CLOSE,
      page_general: !steps.length && tier !== CLOSE,
      observe_until: until,
      observation_over: over,
      observation_goes_on: goesOn,
      observed_by_steps: goesOn && steps.length > 0,
      trips: trips.map((trip, at) => ({ ...trip, is_last: at === trips.length - 1 })),
    };
  });
}

function ownerOf(answer: Answer, exposures: ListedTrip[]): string {
  const authorities = new Set([
    ...answer.manifests.map((manifest) => manifest.authority),
    ...answer.missing.map((missing) => missing.authority),
  ]);
  return exposures.length && authorities.size > 1 ? exposures[0]!.authority : "";
}

function missingView({ authority, why }: Missing, facts: Facts) {
  return {
    authority: authority || facts.words.another_authority,
    expired: why === "expired",
    stale: why === "stale",
    damaged: why === "damaged",
    absent: why === "absent",
  };
}

function ruleWords(rule: Rule, mode: string, language: string): string {
  const byLanguage = table(table(rule.words)[mode]);
  return String(byLanguage[language] || byLanguage.en || "");
}

function sourceWords(rule: Rule, language: string): string {
  const inLanguage = table(rule.source_words)[language];
  return String(inLanguage || rule.source || rule.title || "");
}

function adviceSteps(rule: Rule, tier: string, language: string): string[] {
  const byLanguage = table(table(rule.advice)[tier]);
  const steps = byLanguage[language] || byLanguage.en;
  return Array.isArray(steps) ? steps.map(String) : [];
}
