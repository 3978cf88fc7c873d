import { Bell } from "./fever_bell";

const EVERY_MILLISECONDS = 10_000;

/** Takes over the parts of the dashboard from its own page, asked again. A part that somebody works
 *  in stays as it is; a new fever is told and sounds all the same. */
export async function followHealth(live: HTMLElement): Promise<void> {
  const bell = new Bell(live.querySelector("[data-sound-switch]"), live.dataset.sound !== "off");
  let newest = newestFever(live);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MILLISECONDS));
    if (document.hidden && !bell.isOn) continue; // nobody looks and nobody listens
    const fresh = await freshDashboard();
    if (fresh === "signed out") return location.reload();
    if (fresh === "unreachable") continue;
    replaceParts(live, fresh.live);
    document.title = fresh.title;
    if (newestFever(fresh.live) > newest) {
      newest = newestFever(fresh.live);
      announce(live);
      bell.ring();
    }
  }
}

interface Dashboard {
  live: HTMLElement;
  title: string;
}

async function freshDashboard(): Promise<Dashboard | "signed out" | "unreachable"> {
  try {
    // not location.href: after an alarm was settled wrongly the address is that of the form
    const address = new URL(location.href);
    address.pathname = address.pathname.replace(/\/alarms$/, "");
    const response = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (response.status >= 500 || response.status === 429) return "unreachable";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const live = page.querySelector<HTMLElement>("[data-health-live]");
    return live ? { live, title: page.title } : "signed out";
  } catch {
    return "unreachable";
  }
}

/** Replaces each part but those with an open field, or details that somebody opened. */
export function replaceParts(live: HTMLElement, fresh: HTMLElement): void {
  for (const part of Array.from(live.querySelectorAll<HTMLElement>("[data-part]"))) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part ?? ""}"]`);
    if (other && !isBusy(part)) part.replaceWith(document.importNode(other, true));
  }
}

function isBusy(part: HTMLElement): boolean {
  return part.contains(document.activeElement) || part.querySelector("details[open]") !== null;
}

function newestFever(live: HTMLElement): number {
  return Number(live.dataset.newestFever ?? 0);
}

function announce(live: HTMLElement): void {
  const status = live.querySelector<HTMLElement>("[data-announce]");
  if (!status) return;
  status.textContent = "";
  setTimeout(() => (status.textContent = status.dataset.words ?? ""), 100); // read aloud each time
}
