// The form's rows: what stands in them, what is wrong, one more of them.
import { type Fault, type Field, type Typed, inputsOf } from "./identity";
import { render } from "./placeholders";
import type { Person } from "./view_model";

const FIELDS: Field[] = ["id_type", "id_number", "name", "name_latin"];
const TEXTS = FIELDS.filter((field) => field !== "id_type"); // a kind is chosen from the start
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
  for (const { place, typed } of read.rows) {
    const judged = inputsOf(typed);
    if ("inputs" in judged) read.people.push({ typed, inputs: judged.inputs });
    else {
      for (const field of FIELDS) {
        const fault = judged.faults[field];
        if (fault) read.faults.push({ place, field, fault });
      }
    }
  }
  return read;
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
    const groups = Array.from(form.children).filter((child) => child.matches(".govuk-form-group"));
    first.querySelectorAll(".govuk-form-group").forEach((group) => group.remove());
    groups[0]!.before(first);
    first.append(...groups);
  }
  const last = form.querySelector(`#person-${before}`)!;
  const added = fieldset(template, before + 1);
  last.after(added);
  added.querySelector<HTMLElement>("input:checked, input")!.focus();
}

/** Forgets everything that was typed. */
export function forget(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=text]")) input.value = "";
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
  const [id_type, id_number, name, name_latin] = FIELDS.map((field) =>
    String(data.get(fieldName(field, place)) ?? ""),
  ) as [string, string, string, string];
  return { id_type, id_number, name, name_latin };
}
