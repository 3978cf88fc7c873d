// Loaded by every page with a form, which works without it: sends a form once, however often its
// button is pressed while the answer is on its way; offers a second name where a document bears one;
// keeps what was typed in another language; tells old browsers that it works, and what they cannot do.
import { loadLateStyles } from "./parts/late_styles";
import { followOtherNames } from "./parts/other_name";
import { tellOldBrowser } from "./parts/old_browser";
import { keepOnPageVersions } from "./parts/page_versions";
import { offerPlainWay } from "./parts/plain_way";
import { sendOnce } from "./parts/send_once";

function start(): void {
  for (const form of document.querySelectorAll("form")) sendOnce(form);
  tellOldBrowser(document.querySelector<HTMLElement>("[data-old-browser]"));
  offerPlainWay();
}

start();
followOtherNames();
loadLateStyles();
keepOnPageVersions(start);
