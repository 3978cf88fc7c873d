import { kindOfForm } from "./document_forms";

const ONE_NAME = "resident";
const TWO_NAMES = ["hk_mo_permit", "tw_permit"];
const NEITHER_LETTER_NOR_DIGIT = /[^A-Z0-9]/g;

/** Offers the second name by the number that was typed: not on a resident's card, at once on a
 *  permit, which bears two. Follows every form on the page, rows that come later too. */
export function followOtherNames(): void {
  document.addEventListener("change", (event) => {
    const fields = (event.target as Element).closest<HTMLElement>("[data-document-fields]");
    if (fields) offerOtherName(fields);
  });
  document.querySelectorAll<HTMLElement>("[data-document-fields]").forEach(offerOtherName);
}

function offerOtherName(fields: HTMLElement): void {
  const folded = fields.querySelector<HTMLDetailsElement>("[data-other-name]");
  const number = fields.querySelector<HTMLInputElement>(".gauge-document-number");
  if (!folded || !number) return;
  const chosen = fields.querySelector<HTMLInputElement>("[data-kinds] input:checked");
  const typed = number.value.normalize("NFKC").toUpperCase().replace(NEITHER_LETTER_NOR_DIGIT, "");
  const kind = chosen?.value || kindOfForm(typed);
  const other = folded.querySelector<HTMLInputElement>("input")!;
  folded.hidden = kind === ONE_NAME && !other.value;
  if (TWO_NAMES.includes(kind)) folded.open = true;
}
