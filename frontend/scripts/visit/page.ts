// A visitor's form, sealed on their own phone into a code that the kiosk's camera reads.
// Threat: details left on a phone, or sent to who scans nothing. Limit: no request is made and nothing
// is stored; fields and code go when the page is left.
import { VALID_MS, type Door, doorOf, sealVisitorCode } from "../kiosk/visitor_code";
import { setContent } from "../parts/content";
import { qrPicture } from "../parts/qr_picture";
import { clearFaults, tellFaults } from "../private/faults";
import { forget, readForm } from "../private/form";
import { timeLeft } from "./time_left";

type VisitFault = "unsupported" | "no_door" | "failed";

const EVERY_MS = 1000;

function part<E extends HTMLElement>(name: string): E {
  return document.querySelector<E>(`[data-${name}]`)!;
}

function template(name: string): HTMLTemplateElement {
  return document.querySelector<HTMLTemplateElement>(`template[data-template=${name}]`)!;
}

export class VisitPage {
  private readonly facts = JSON.parse(part("visit-facts").textContent!) as Parameters<
    typeof tellFaults
  >[2];
  private readonly templates = { summary: template("faults"), line: template("fault") };
  private readonly code = part("visit-code");
  private readonly picture = part("visit-picture");
  private readonly left = part("visit-left");
  private readonly leftWords = this.left.textContent!;
  private door: Door | null = null;
  private madeAt = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly form: HTMLFormElement) {}

  start(): void {
    this.keepFragment();
    window.addEventListener("hashchange", () => location.reload());
    if (!worksHere()) return this.fail("unsupported");
    this.door = doorOf(location.hash);
    if (!this.door) return this.fail(location.hash.length > 1 ? "failed" : "no_door");
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.make();
    });
    part("visit-anew").addEventListener("click", () => void this.make());
    part("visit-change").addEventListener("click", () => this.change());
    window.addEventListener("pagehide", () => this.forgetAll());
  }

  // The door's key travels in the fragment, which no link has of itself.
  private keepFragment(): void {
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[hreflang]"))
      link.hash = location.hash;
  }

  private async make(): Promise<void> {
    clearFaults(this.form);
    const read = readForm(this.form);
    if (read.faults.length) {
      this.change();
      return tellFaults(this.form, read, this.facts, this.templates);
    }
    try {
      this.madeAt = Date.now();
      const text = await sealVisitorCode(read.people[0]!.typed, this.door!, this.madeAt);
      this.show(text);
    } catch {
      this.fail("failed");
    }
  }

  private show(text: string): void {
    setContent(this.picture, qrPicture(text, this.picture.dataset.label!, "L"));
    this.form.hidden = true;
    this.code.hidden = false;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.count(), EVERY_MS);
    this.count();
    this.code.querySelector<HTMLElement>("h2")!.focus();
    this.picture.scrollIntoView({ block: "center" });
  }

  private count(): void {
    const left = timeLeft(this.madeAt, Date.now(), VALID_MS);
    this.left.hidden = left === null;
    part("visit-spent").hidden = left !== null;
    if (left !== null) this.left.textContent = this.leftWords.replace("{time}", left);
    else setContent(this.picture);
  }

  private change(): void {
    clearInterval(this.timer);
    setContent(this.picture);
    this.code.hidden = true;
    this.form.hidden = false;
    this.form.querySelector<HTMLElement>("input[type=text]")!.focus();
  }

  private fail(fault: VisitFault): void {
    this.form.hidden = this.code.hidden = true;
    document.querySelector<HTMLElement>(`[data-visit-fault=${fault}]`)!.hidden = false;
  }

  private forgetAll(): void {
    forget(this.form);
    if (!this.code.hidden) this.change();
  }
}

// Over plain http, as on an organisation's own network, browsers withhold WebCrypto.
function worksHere(): boolean {
  return (
    typeof crypto === "object" && typeof crypto.subtle === "object" && typeof BigInt === "function"
  );
}
