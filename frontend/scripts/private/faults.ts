// What is wrong with the form, told as the service tells it: a summary, and a line at each field.
import type { Words } from "./facts";
import { askWhetherWhole, fieldName, type Read } from "./form";
import type { Fault, Field } from "./identity";
import { render } from "./placeholders";
import { OF_THE_KIND, type Reason } from "./unusable";

const DOUBTS: Reason[] = [
  "brackets", "digits", "repetition", "several", "aside", "surname_only", "initials", "single_word",
];

/** The words of faults, of all that a page may know. */
interface FaultFacts {
  words: Pick<Words, "faults">;
}

/** Shows the faults and moves the focus to their summary. */
export function tellFaults(
  form: HTMLFormElement,
  read: Read,
  facts: FaultFacts,
  templates: { summary: HTMLTemplateElement; line: HTMLTemplateElement },
): void {
  clearFaults(form);
  const several = read.rows.length > 1;
  const faults = read.faults.map(({ place, field, fault }) => ({
    name: fieldName(field, place),
    place,
    several,
    alone: !several,
    reason: fault.reason,
    words: faultWords(field, fault, facts),
  }));
  for (const fault of faults) mark(form, fault, render(templates.line, { fault }, {}));
  for (const row of read.rows) {
    if (faults.some(({ place, reason }) => place === row.place && DOUBTS.includes(reason))) {
      askWhetherWhole(form, row);
    }
  }
  form.parentElement!.prepend(render(templates.summary, { faults }, {}));
  form.parentElement!.querySelector<HTMLElement>(".govuk-error-summary")!.focus();
}

/** Takes away what was told before, the service's own words too. */
export function clearFaults(form: HTMLFormElement): void {
  form.parentElement!.querySelectorAll(".govuk-error-summary").forEach((told) => told.remove());
  form.querySelectorAll(".govuk-error-message").forEach((told) => told.remove());
  for (const name of ["govuk-form-group--error", "govuk-input--error"]) {
    form.querySelectorAll(`.${name}`).forEach((marked) => marked.classList.remove(name));
  }
  for (const box of form.querySelectorAll<HTMLElement>("[data-whole-name]")) {
    box.hidden = !box.querySelector<HTMLInputElement>("input")!.checked;
  }
  for (const input of form.querySelectorAll("[aria-describedby]")) {
    const ids = input.getAttribute("aria-describedby")!.split(" ");
    input.setAttribute("aria-describedby", ids.filter((id) => !id.endsWith("-error")).join(" "));
  }
}

function faultWords(field: Field, { reason, character }: Fault, facts: FaultFacts): string {
  const words = facts.words.faults[`${field} ${reason}`] || facts.words.faults[""]!;
  return words.replace("{character}", () => character ?? "");
}

function mark(form: HTMLFormElement, fault: { name: string; reason: Reason }, line: DocumentFragment): void {
  const input = form.querySelector<HTMLElement>(`input[name=${fault.name}]`)!;
  const group = input.closest(".govuk-form-group")!;
  group.classList.add("govuk-form-group--error");
  const radios = group.querySelector(".govuk-radios");
  if (!radios) input.classList.add("govuk-input--error");
  const named = radios ? group.querySelector("fieldset")! : input;
  const described = [named.getAttribute("aria-describedby"), `${fault.name}-error`];
  named.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
  (radios ?? input).before(line);
  unfold(input);
  if (OF_THE_KIND.includes(fault.reason)) {
    unfold(group.closest("[data-document-fields]")?.querySelector("[data-kinds] input"));
  }
}

/** Opens whatever an element is folded away in. */
function unfold(inside: Element | null | undefined): void {
  for (let each = inside; each; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true;
  }
}
