// Loaded after the form where every index has a private check: answers it in the browser. Where
// anything that it needs is missing the form stays as it is, and the plain way is offered.
import { type PageVersion, onPageVersion } from "./parts/page_versions";
import { tellWhatDidNotLoad } from "./parts/plain_way";
import { privateParts } from "./parts/private_parts";
import { type PrivatePage, checkHere } from "./private/page";
import { PublishedPlaces } from "./private/published_places";

const places = new PublishedPlaces();
let present: PrivatePage | undefined;

async function start(
  form: HTMLFormElement,
  way: HTMLElement,
  fields: PageVersion["fields"] = [],
): Promise<void> {
  const former = present;
  former?.stop();
  way.dataset.loading = "";
  try {
    const parts = new DOMParser().parseFromString(await privateParts(form), "text/html");
    present = checkHere(form, parts, places);
    present.takeOver(fields, former);
  } catch {
    tellWhatDidNotLoad(way);
  }
}

const form = document.querySelector<HTMLFormElement>("form[data-private]");
const way = document.querySelector<HTMLElement>("[data-private-way]");
if (form && way) void start(form, way);
onPageVersion((version) => {
  const turned = version.form.querySelector<HTMLElement>("[data-private-way]");
  if (turned) void start(version.form, turned, version.fields);
});
