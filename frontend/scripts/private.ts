// Loaded after the form where every index has a private check: answers it in the browser. Where
// anything that it needs is missing the form stays as it is, and the plain way is offered.
import { tellWhatDidNotLoad } from "./parts/plain_way";
import { checkHere } from "./private/page";

async function start(form: HTMLFormElement, way: HTMLElement): Promise<void> {
  way.dataset.loading = "";
  try {
    const response = await fetch(form.dataset.private!, { credentials: "omit" });
    if (!response.ok) throw new Error("parts");
    const parts = new DOMParser().parseFromString(await response.text(), "text/html");
    checkHere(form, parts);
  } catch {
    tellWhatDidNotLoad(way);
  }
}

const form = document.querySelector<HTMLFormElement>("form[data-private]");
const way = document.querySelector<HTMLElement>("[data-private-way]");
if (form && way) void start(form, way);
