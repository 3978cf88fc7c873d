// What is wrong with the form, told as the service tells it: a summary, and a line at each field.
import type { Words } from "./facts";
import { fieldName, type Read } from "./form";
import type { Fault, Field } from "./identity";
import { render } from "./placeholders";

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
    words: faultWords(field, fault, facts),
  }));
  for (const fault of faults) mark(form, fault, render(templates.line, { fault }, {}));
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
  for (const input of form.querySelectorAll("[aria-describedby]")) {
    const ids = input.getAttribute("aria-describedby")!.split(" ");
    input.setAttribute("aria-describedby", ids.filter((id) => !id.endsWith("-error")).join(" "));
  }
}

function faultWords(field: Field, { reason, character }: Fault, facts: FaultFacts): string {
  const words = facts.words.faults[`${field} ${reason}`] || facts.words.faults[""]!;
  return words.replace("{character}", () => character ?? "");
}

function mark(form: HTMLFormElement, fault: { name: string }, line: DocumentFragment): void {
  const input = form.querySelector<HTMLElement>(`input[type=text][name=${fault.name}]`);
  if (!input) return; // a kind of document is chosen from the start
  const group = input.closest(".govuk-form-group")!;
  group.classList.add("govuk-form-group--error");
  input.classList.add("govuk-input--error");
  const described = [input.getAttribute("aria-describedby"), `${fault.name}-error`];
  input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
  input.before(line);
}
