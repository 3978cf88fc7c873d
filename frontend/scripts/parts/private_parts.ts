// What the private check is made of beside its script: templates, words and manifests. The form's
// script, which is there first, asks for them; the private check's takes what was asked for.
type AskingForm = HTMLFormElement & { privateParts?: Promise<string> };

/** Returns the parts as HTML that no page shows; asked for once, whoever asks first. */
export function privateParts(form: AskingForm): Promise<string> {
  return (form.privateParts ??= fetched(form.dataset.private!));
}

async function fetched(address: string): Promise<string> {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error("parts");
  return response.text();
}
