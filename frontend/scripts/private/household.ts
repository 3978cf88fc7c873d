// The view model of everybody on the form, and of the data behind the answers: household.py and
// coverage.py of app/answer_pages.
import type { Answer } from "./answer";
import type { Facts, Words } from "./facts";
import type { Inputs, Typed } from "./identity";
import type { Manifest } from "./manifest";
import { answerView, verdict } from "./view_model";

const DAY_MILLISECONDS = 86_400_000;
const ONE_NAME_TYPES = ["resident"]; // documents that bear a name in one script only
const RESIDENT_NUMBER = /^[0-9]{17}[0-9Xx]$/;
const WORST_FIRST = ["close", "general", "ended", "incomplete", "not_found"];

/** One person of the form, as typed and as looked up. */
export interface Person {
  typed: Typed;
  inputs: Inputs;
}

/** Returns the view model of the answer page; today: a day counted from 1970; now: a UTC time. */
export function householdView(
  people: Person[],
  answers: Answer[],
  facts: Facts,
  today: number,
  now: string,
) {
  const rows = people.map(({ typed, inputs }, at) => ({
    fields: { ...typed, place: at + 1 },
    id_type_words: facts.words.id_types[typed.id_type] || "",
    number_groups: numberGroups(typed),
    short_number: shortNumber(typed),
    names: namesOf(typed),
    display_name: namesOf(typed)[0] || "",
    one_name: !inputs.x1 && !ONE_NAME_TYPES.includes(typed.id_type),
    answer: answerView(answers[at]!, facts, today),
  }));
  const kinds = rows.map((person) => person.answer.kind);
  return {
    people: rows,
    size: rows.length,
    several: rows.length > 1,
    listed: rows.filter((person) => person.answer.is_listed).length,
    ...verdict(WORST_FIRST.find((kind) => kinds.includes(kind))!),
    oldest_source: rows[0]!.answer.oldest_source,
    checked_at: now,
    ask_again: new Date((today + 1) * DAY_MILLISECONDS).toISOString().slice(0, 10),
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

function numberGroups({ id_type, id_number }: Typed): string[] {
  return id_type === "resident" && RESIDENT_NUMBER.test(id_number)
    ? [id_number.slice(0, 6), id_number.slice(6, 14), id_number.slice(14)]
    : [id_number];
}

function shortNumber(typed: Typed): string {
  const groups = numberGroups(typed);
  return groups.length > 1 ? `${groups[0]!.slice(0, 4)}…${groups[groups.length - 1]}` : typed.id_number;
}

function namesOf({ name, name_latin }: Typed): string[] {
  return [name, name_latin].filter((one) => one.trim());
}
