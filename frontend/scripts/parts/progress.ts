const EVERY_MILLISECONDS = 1_500;
const ANNOUNCED_EVERY_MILLISECONDS = 15_000; // a screen reader is told now and then, not always

/** Takes over the progress of a check from its own page, asked again; loads the page at its end. */
export async function followProgress(progress: HTMLElement): Promise<void> {
  let announcedAt = performance.now();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MILLISECONDS));
    const fresh = await freshProgress();
    if (fresh === "gone") return location.reload();
    if (fresh === "unreachable") continue;
    const announce = progress.querySelector("[data-announce]");
    const words = fresh.querySelector("[data-announce]")?.textContent ?? "";
    replaceAllBut(announce, progress, fresh);
    if (announce && performance.now() - announcedAt > ANNOUNCED_EVERY_MILLISECONDS) {
      announce.textContent = words;
      announcedAt = performance.now();
    }
  }
}

/** "gone": the page is another one now; "unreachable": ask again. */
async function freshProgress(): Promise<Element | "gone" | "unreachable"> {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (response.status >= 500 || response.status === 429) return "unreachable";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("[data-live]") ?? "gone";
  } catch {
    return "unreachable";
  }
}

/** Keeps the element that announces, since a new one would be read aloud, or never. */
function replaceAllBut(announce: Element | null, here: HTMLElement, fresh: Element): void {
  for (const child of Array.from(here.childNodes)) if (child !== announce) child.remove();
  for (const child of Array.from(fresh.childNodes)) {
    if (child instanceof Element && child.hasAttribute("data-announce")) continue;
    here.insertBefore(document.importNode(child, true), announce);
  }
}
