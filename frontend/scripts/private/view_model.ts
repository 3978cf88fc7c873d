// The view model of the answer page, with the names that the templates use: what view_model.py,
// advice.py, trips.py and household.py of app/answer_pages make for the plain check.
import { type Answer, type ListedTrip, type Missing, ruleOf } from "./answer";
import type { Facts, Words } from "./facts";
import type { Inputs, Typed } from "./identity";
import type { Manifest, Rule } from "./manifest";

const CARRIAGE_NONE = 0;
const CARRIAGE_OTHER = 255;
const CARRIAGE_PLAIN_MAX = 200; // behind it the extra ones, 加1 and so on
const CLOSE = "close";
const ONE_NAME_TYPES = ["resident"]; // documents that bear a name in one script only
const RESIDENT_NUMBER = /^[0-9]{17}[0-9Xx]$/;

/** One person of the form, as typed and as looked up. */
export interface Person {
  typed: Typed;
  inputs: Inputs;
}

/** Returns the view model of the answer page; today: a day counted from 1970. */
export function householdView(people: Person[], answers: Answer[], facts: Facts, today: number) {
  const rows = people.map(({ typed, inputs }, at) => ({
    fields: { ...typed, place: at + 1 },
    id_type_words: facts.words.id_types[typed.id_type] || "",
    number_groups: numberGroups(typed),
    names: namesOf(typed),
    display_name: namesOf(typed)[0] || "",
    one_name: !inputs.x1 && !ONE_NAME_TYPES.includes(typed.id_type),
    answer: answerView(answers[at]!, facts, today),
  }));
  const listed = rows.filter((person) => person.answer.is_listed).length;
  const incomplete = rows.some((person) => person.answer.is_incomplete);
  return {
    people: rows,
    size: rows.length,
    several: rows.length > 1,
    listed,
    only_incomplete: incomplete && !listed,
    nobody: !incomplete && !listed,
    kind: listed ? "exposed" : incomplete ? "incomplete" : "not_found",
  };
}

/** Returns how old the data are and which diseases they leave out, one row an authority. */
export function dataViews(manifests: Manifest[], words: Words) {
  return manifests.map((manifest) => ({
    authority: manifest.authority,
    built_at: manifest.builtAt,
    oldest_source: manifest.oldestSource,
    valid_until: manifest.validUntil,
    unruled: manifest.unruled.map((name) => words.diseases[name] || name).join(words.between_diseases),
  }));
}

function answerView(answer: Answer, facts: Facts, today: number) {
  const rules = new Map(answer.manifests.map((manifest) => [manifest.authority, manifest]));
  const ruleFor = (trip: ListedTrip) => ruleOf(rules.get(trip.authority)!, trip.rule).rule;
  const [over, going] = [true, false].map((wanted) =>
    answer.exposures.filter((trip) => observationOver(trip, today) === wanted),
  ) as [ListedTrip[], ListedTrip[]];
  const exposures = [...going, ...over];
  const trips = exposures.map((trip) => tripView(trip, ruleFor(trip), facts, today));
  const until = latest(trips);
  const allOver = until !== null && until < today;
  const advice = advices(exposures, trips, ruleFor, facts.language);
  const owner = ownerOf(answer, exposures);
  const listedBy = new Set(exposures.map((trip) => trip.authority)).size;
  const listed = answer.status === "exposed";
  return {
    is_listed: listed,
    is_general: listed && exposures.every((trip) => trip.tier !== "close"),
    is_not_found: answer.status === "not_found",
    is_incomplete: answer.status === "incomplete",
    trips,
    advice,
    several_advices: advice.length > 1,
    more_trips: Math.max(0, answer.total - trips.length),
    observe_until: until,
    observation_over: allOver,
    observation_goes_on: until !== null && !allOver,
    observed_by_steps: until !== null && !allOver && advice.some((one) => one.steps.length),
    oldest_source: answer.manifests.map((one) => one.oldestSource).sort()[0]!,
    ask_again_on: today + 1,
    whom_to_call: owner || facts.authority,
    hotline: facts.hotlines[owner] || facts.hotline,
    listed_by: listedBy,
    listed_by_several: listedBy > 1,
    missing: answer.missing.map((one) => missingView(one, facts)),
  };
}

function tripView(trip: ListedTrip, rule: Rule, facts: Facts, today: number) {
  const { words } = facts;
  return {
    tier: words.tiers[trip.tier]!,
    mode: words.modes[trip.mode]!,
    number: trip.trip,
    date_words: trip.mode === "setting" ? words.date : words.date_of_travel,
    service_date: trip.day,
    carriage: carriageWords(trip.carriage, words),
    relation: words.relations[trip.relation]!,
    rule_words: ruleWords(rule, trip.mode, facts.language) || trip.ruleName,
    source: sourceWords(rule, facts.language),
    observe_until: trip.observeUntil,
    observation_over: observationOver(trip, today),
    authority: trip.authority,
    is_last: true,
  };
}

function carriageWords(carriage: number, words: Words): string {
  if (carriage === CARRIAGE_NONE) return "";
  if (carriage === CARRIAGE_OTHER) return words.another_carriage;
  const extra = carriage - CARRIAGE_PLAIN_MAX;
  return extra > 0 ? words.extra_carriage.replace("{number}", String(extra)) : String(carriage);
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

function numberGroups({ id_type, id_number }: Typed): string[] {
  return id_type === "resident" && RESIDENT_NUMBER.test(id_number)
    ? [id_number.slice(0, 6), id_number.slice(6, 14), id_number.slice(14)]
    : [id_number];
}

function namesOf({ name, name_latin }: Typed): string[] {
  return [name, name_latin].filter((one) => one.trim());
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

function table(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
