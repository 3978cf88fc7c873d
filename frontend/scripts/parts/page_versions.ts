// Another language or size of text on a page that is answered in the browser: the new page takes the
// old one's place with all that was typed. It is kept in the page's memory, and sent nowhere.
import { fieldsOf, fillFields, holdsText } from "./kept_fields";

const PARTS = [".govuk-skip-link", ".gauge-header", "main", ".gauge-footer"];
const TURNED = "gauge-page-version";

/** What the private check is told of the new page: its form, and what was typed in the former. */
export interface PageVersion {
  form: HTMLFormElement;
  fields: [string, string][];
}

/** Follows the links to another language or size; started: called when the new page stands. */
export function keepOnPageVersions(started: () => void): void {
  // not looked up again: while an answer is shown it stands in no document
  let form = document.querySelector<HTMLFormElement>("form[data-private]");
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-page-version]");
    if (!link || !form || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (document.contains(form) && !holdsText(form)) return; // nothing is lost
    event.preventDefault();
    const former = form;
    void pageAt(link.href).then((page) => {
      if (!page) return;
      form = turnTo(page, link.href);
      const fields = fieldsOf(former);
      fillFields(form, fields);
      document.dispatchEvent(new CustomEvent<PageVersion>(TURNED, { detail: { form, fields } }));
      started();
    });
  });
}

/** Calls back with each new page that takes the place of one. */
export function onPageVersion(turned: (version: PageVersion) => void): void {
  document.addEventListener(TURNED, (event) => turned((event as CustomEvent<PageVersion>).detail));
}

/** Returns the page at an address; null where there is none: then this one stays, or that is opened. */
async function pageAt(address: string): Promise<Document | null> {
  let text: string;
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    text = await response.text();
  } catch {
    return null; // no network: nothing is lost
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  if (page.querySelector("form[data-private]")) return page;
  location.assign(address); // it is no such form any more, and says why
  return null;
}

function turnTo(page: Document, address: string): HTMLFormElement {
  // parsed without scripts, so that these are elements, buttons of the form among them
  page.querySelectorAll("noscript").forEach((without) => without.remove());
  for (const name of PARTS) {
    const [here, there] = [document.querySelector(name), page.querySelector(name)];
    if (here && there) here.replaceWith(document.importNode(there, true));
  }
  const { lang, dir, className } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir, className });
  document.title = page.title;
  history.replaceState(history.state, "", address);
  const form = document.querySelector<HTMLFormElement>("form[data-private]")!;
  // the service's clock when this document began, not when the new page was made
  const begun = Date.parse(form.dataset.now!) - performance.now();
  form.dataset.now = new Date(begun).toISOString();
  document.querySelector("main")!.focus();
  return form;
}
