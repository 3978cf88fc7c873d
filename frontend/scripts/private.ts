// Loaded after the form where every index has a private check: answers it in the browser. Where
// anything that it needs is missing it stops here, and form.ts offers the plain way.
import { checkHere } from "./private/page";

const form = document.querySelector<HTMLFormElement>("form[data-private]");
if (form) checkHere(form);
