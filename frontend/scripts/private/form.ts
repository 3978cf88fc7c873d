// The form's rows: what stands in them, what is wrong, one more of them.
import { findIdType } from "./document_kind";
import { type Fault, type Faults, type Field, type Typed, inputsOf } from "./identity";
import { numberDoubt } from "./number_doubts";
import { render } from "./placeholders";
import type { Person } from "./household";
import { OF_THE_KIND } from "./unusable";
import { inNeitherScript, wholeNameDoubt } from "./whole_name";

const TEXTS: Field[] = ["id_number", "name", "name_latin"];
const NAMES = ["name", "name_latin"] as const;
const FIELDS: Field[] = [...TEXTS, "id_type"]; // in the order of the page
const CONTROL = /[\0-\x1f\x7f-\x9f]/g;

/** One person's row; place: from 1, as in the names of its fields. */
export interface Row {
  place: number;
  typed: Typed;
}

export interface Read {
  rows: Row[];
  people: Person[];
  faults: { place: number; field: Field; fault: Fault }[];
}

/** Returns what was typed by everybody who is on the form, and what is wrong with it. */
export function readForm(form: HTMLFormElement): Read {
  const all = places(form).map((place) => ({ place, typed: typedIn(form, place) }));
  const some = all.filter(({ typed }) => TEXTS.some((field) => typed[field].trim()));
  const read: Read = { rows: some.length ? some : all.slice(0, 1), people: [], faults: [] };
  for (const { place, typed: written } of read.rows) {
    const typed = { ...written, id_type: written.id_type || findIdType(written.id_number) };
    const judged = inputsOf(typed);
    const faults = faultsOf(form, place, written, "faults" in judged ? judged.faults : {});
    for (const field of FIELDS) {
      const fault = faults[field];
      if (fault) read.faults.push({ place, field, fault });
    }
    if ("inputs" in judged) read.people.push({ typed, inputs: judged.inputs });
  }
  return read;
}

/** Returns the faults of one person, as the service tells them (person_form.py): a number that may not
 *  be the document's too, and a name in neither script unless a kind of document was chosen; where there
 *  are none, the names about which the form asks once. */
function faultsOf(form: HTMLFormElement, place: number, typed: Typed, judged: Faults): Faults {
  const faults = { ...judged };
  const reason = faults.id_number?.reason;
  const usable = !reason || ["length", "check_digit"].includes(reason); // one that is too long is not searched
  const doubt = usable && numberDoubt(typed.id_number, typed.id_type);
  if (doubt) {
    // nor is the kind that was found of such a number
    for (const field of typed.id_type ? [] : FIELDS) {
      if (faults[field] && OF_THE_KIND.includes(faults[field]!.reason)) delete faults[field];
    }
    faults.id_number = { reason: doubt };
  }
  const filled = NAMES.filter((field) => typed[field].trim());
  const isUnread = !typed.id_type && inNeitherScript(filled.map((field) => typed[field]));
  if (!Object.keys(faults).length && isUnread) faults[filled[0]!] = { reason: "latin_name_needed" };
  return Object.keys(faults).length || isWhole(form, place, typed) ? faults : doubtsOf(typed);
}

function doubtsOf(typed: Typed): Faults {
  const doubts: Faults = {};
  for (const field of NAMES) {
    const reason = wholeNameDoubt(typed[field]);
    if (reason) doubts[field] = { reason };
  }
  return doubts;
}

/** Returns whether somebody said that these names are whole, or is never asked on this form. */
function isWhole(form: HTMLFormElement, place: number, typed: Typed): boolean {
  const box = form.querySelector<HTMLInputElement>(`input[name=${wholeNameField(place)}]`);
  return !box || (box.checked && box.value === namesAsked(typed));
}

/** Asks whether the names of one person are whole; what was said of others does not count. */
export function askWhetherWhole(form: HTMLFormElement, { place, typed }: Row): void {
  const box = form.querySelector<HTMLInputElement>(`input[name=${wholeNameField(place)}]`)!;
  box.value = namesAsked(typed);
  box.checked = false;
  box.closest("[data-whole-name]")!.removeAttribute("hidden");
}

function namesAsked({ name, name_latin }: Typed): string {
  return `${name}|${name_latin}`;
}

function wholeNameField(place: number): string {
  return place === 1 ? "whole_name" : `whole_name_${place}`;
}

/** Returns what was typed as a page may repeat it. */
export function printable(typed: Typed): Typed {
  const printed = { ...typed };
  for (const field of TEXTS) printed[field] = typed[field].replace(CONTROL, "");
  return printed;
}

/** Adds an empty row below the last one; the first one gets its heading with the second. */
export function addRow(form: HTMLFormElement, template: HTMLTemplateElement): void {
  const before = places(form).length;
  if (before === 1) {
    const first = fieldset(template, 1);
    const fields = form.querySelector("[data-document-fields]")!;
    fields.before(first);
    first.querySelector("[data-document-fields]")!.replaceWith(fields);
  }
  const last = form.querySelector(`#person-${before}`)!;
  const added = fieldset(template, before + 1);
  last.after(added);
  added.querySelector<HTMLElement>("input")!.focus();
}

/** Forgets everything that was typed. */
export function forget(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=text]")) input.value = "";
  for (const choice of form.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")) {
    choice.checked = choice.defaultChecked;
  }
}

/** Returns the name of a field of one person. */
export function fieldName(field: Field, place: number): string {
  return place === 1 ? field : `${field}_${place}`;
}

function fieldset(template: HTMLTemplateElement, place: number): HTMLElement {
  return render(template, { place }, {}).querySelector("fieldset")!;
}

function places(form: HTMLFormElement): number[] {
  const found = [1];
  while (form.elements.namedItem(fieldName("name", found.length + 1))) found.push(found.length + 1);
  return found;
}

function typedIn(form: HTMLFormElement, place: number): Typed {
  const data = new FormData(form);
  const text = (field: Field) => String(data.get(fieldName(field, place)) ?? "");
  return {
    id_type: text("id_type"),
    id_number: text("id_number"),
    name: text("name"),
    name_latin: text("name_latin"),
  };
}
