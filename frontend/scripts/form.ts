// Loaded by every page with a form, which works without it: sends a form once, however often its
// button is pressed while the answer is on its way; tells old browsers that it works, and what they
// cannot do.
import { tellOldBrowser } from "./parts/old_browser";
import { offerPlainWay } from "./parts/plain_way";
import { sendOnce } from "./parts/send_once";

for (const form of document.querySelectorAll("form")) sendOnce(form);
tellOldBrowser(document.querySelector<HTMLElement>("[data-old-browser]"));
offerPlainWay();
