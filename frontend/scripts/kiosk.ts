// The kiosk: its core, its screens, and the service worker that keeps both.
import { createTerminal } from "./kiosk/browser_terminal";
import { codeOfAddress } from "./kiosk/ui/codes";
import { type Facts, KioskPage } from "./kiosk/ui/page";
import { takeNewVersion, watchVersions } from "./kiosk/updates";

const facts = JSON.parse(document.querySelector("[data-kiosk-facts]")!.textContent!) as Facts;
const code = codeOfAddress(location.hash) ?? "";
// a code is for one tablet, once: it stays in no history
if (location.hash) history.replaceState(null, "", location.pathname);
const terminal = createTerminal();
const page = new KioskPage(terminal, facts, code);
page.start();
void terminal.start();
void watchVersions(() => page.later(takeNewVersion)).catch(() => undefined); // online it works without
