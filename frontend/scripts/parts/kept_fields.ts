/** Returns names and values of a form's fields, as it would send them. */
export function fieldsOf(form: HTMLFormElement): [string, string][] {
  return Array.from(new FormData(form).entries(), ([name, value]) => [name, String(value)]);
}

/** Fills in the fields of a form that has them, and unfolds what holds something. */
export function fillFields(form: HTMLFormElement, fields: [string, string][]): void {
  for (const [name, value] of fields) {
    for (const input of form.querySelectorAll<HTMLInputElement>("input, textarea")) {
      if (input.name !== name) continue;
      const isText = ["text", "textarea"].includes(input.type);
      const isBox = input.type === "checkbox";
      if (isText || isBox) input.value = value; // of a box: what it was ticked for
      if (isBox || (!isText && input.value === value)) input.checked = true;
      if (value && (isText || input.checked)) show(input);
    }
  }
}

/** Returns whether anything was typed. */
export function holdsText(form: HTMLFormElement): boolean {
  return fieldsOf(form).some(([name, value]) => value.trim() && !name.startsWith("id_type"));
}

function show(inside: HTMLElement): void {
  for (let each: HTMLElement | null = inside; each && each.tagName !== "FORM"; each = each.parentElement) {
    each.hidden = false;
    if (each instanceof HTMLDetailsElement) each.open = true;
  }
}
