// The form's rows: what stands in them, what is wrong, one more of them.
import { type Field, type Inputs, type Typed, inputsOf } from "./identity";
import { render } from "./placeholders";

const FIELDS: Field[] = ["id_type", "id_number", "name"];
const CONTROL = /[\0-\x1f\x7f-\x9f]/g;

/** One person's row; place: from 1, as in the names of its fields. */
export interface Row {
  place: number;
  typed: Typed;
}

export interface Read {
  rows: Row[];
  inputs: Inputs[];
  faults: { place: number; field: Field; reason: string }[];
}

/** Returns what was typed by everybody who is on the form, and what is wrong with it. */
export function readForm(form: HTMLFormElement): Read {
  const all = places(form).map((place) => ({ place, typed: typedIn(form, place) }));
  const some = all.filter(({ typed }) => typed.id_number.trim() || typed.name.trim());
  const read: Read = { rows: some.length ? some : all.slice(0, 1), inputs: [], faults: [] };
  for (const { place, typed } of read.rows) {
    const judged = inputsOf(typed);
    if ("inputs" in judged) read.inputs.push(judged.inputs);
    else {
      for (const field of FIELDS) {
        const reason = judged.faults[field];
        if (reason) read.faults.push({ place, field, reason });
      }
    }
  }
  return read;
}

/** Returns what was typed as a page may repeat it. */
export function printable(typed: Typed): Typed {
  return {
    id_type: typed.id_type,
    id_number: typed.id_number.replace(CONTROL, ""),
    name: typed.name.replace(CONTROL, ""),
  };
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
  const [id_type, id_number, name] = FIELDS.map((field) =>
    String(data.get(fieldName(field, place)) ?? ""),
  ) as [string, string, string];
  return { id_type, id_number, name };
}
