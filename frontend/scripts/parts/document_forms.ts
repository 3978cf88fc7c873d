// The forms of document numbers, A–Z 0–9: those of exposure_index/identity/document_kinds.py.
const PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])";
const FORMS: [RegExp, string][] = [
  [/^[HM][0-9]{8}(?:[0-9]{2})?$/, "hk_mo_permit"],
  [/^[0-9]{8}$/, "tw_permit"],
  [/^[0-9]{10}$/, ""], // somebody must choose
  [new RegExp(`^(?:[A-Z]{3}[0-9]{12}|9${PROVINCE}[0-9]{14}[0-9X])$`), "foreign_pr"],
  [/^(?=(?:[0-9]*[A-Z]){0,2}[0-9]*$)[A-Z0-9]{11,}$/, "resident"],
  [/^(?:[0-9]{9}|(?=[0-9]*[A-Z])[A-Z0-9]{6,9})$/, "passport"],
];

/** Returns the kind of a number without separators, upper case; "" where somebody must choose. */
export function kindOfForm(number: string): string {
  const found = FORMS.find(([form]) => form.test(number));
  return found ? found[1] : "other";
}
