import { privateParts } from "./private_parts";

/** Where this browser cannot check privately, puts the plain way in its place: as without scripts.
 *  Where it can, begins to load what the private check needs. */
export function offerPlainWay(): void {
  const way = document.querySelector<HTMLElement>("[data-private-way]");
  const plain = document.querySelector<HTMLTemplateElement>("template[data-plain-way]");
  if (!way || !plain) return;
  if (!canCheckPrivately()) way.replaceWith(document.importNode(plain.content, true));
  else {
    const form = way.closest<HTMLFormElement>("form[data-private]");
    if (form) privateParts(form).catch(() => undefined); // told by whoever needs them
    // scripts that wait for the page have begun by then, or failed to come
    window.addEventListener("load", () => {
      if (way.dataset.loading === undefined) tellWhatDidNotLoad(way);
    });
  }
}

/** Says that the private check did not load, and opens the other way. */
export function tellWhatDidNotLoad(way: HTMLElement): void {
  const preparing = way.querySelector("[data-preparing]");
  const told = way.querySelector<HTMLElement>("[data-not-loaded]");
  if (!preparing || !told) return;
  preparing.remove();
  told.hidden = false;
  way.querySelector("details")!.open = true;
}

// What private.ts is written for; TextDecoder for Edge before 79, property escapes for old Firefox.
function canCheckPrivately(): boolean {
  try {
    new RegExp("\\p{L}", "u");
  } catch {
    return false;
  }
  return (
    typeof BigInt === "function" &&
    typeof TextDecoder === "function" &&
    typeof crypto === "object" &&
    typeof crypto.getRandomValues === "function"
  );
}
