// The page of the private check: form, progress, answer, and what is told where there is none.
import { CannotAnswer } from "./cannot_answer";
import { privateCheck } from "./check";
import { dayWords, momentWords, shortDayWords, today, weekdayWords } from "./dates";
import type { Facts } from "./facts";
import { offerAfterAnswer } from "../parts/after_answer";
import { clearFaults, tellFaults } from "./faults";
import { addRow, forget, printable, readForm } from "./form";
import type { Answer } from "./answer";
import { CarriedIndex } from "./carried_index";
import { correctionPage, tripsInOneLine } from "./correction";
import { render } from "./placeholders";
import { fieldsOf, fillFields } from "../parts/kept_fields";
import { type Person, dataViews, householdView } from "./household";
import { toHex } from "./bytes";
import { toThisService } from "./transport";
import { inputsOf } from "./identity";
import { type PublishedPlaces } from "./published_places";
import { questionAbout } from "./question";

const FURTHER_ROW = /_[0-9]+$/; // by the name of a field; the first one is filled in already

/** Takes the form over, so that it is answered here; parts: templates, facts and index; places: of
 *  published trips, which are kept from page to page. Throws where a part is missing. */
export function checkHere(
  form: HTMLFormElement,
  parts: Document,
  places: PublishedPlaces,
): PrivatePage {
  const page = new PrivatePage(form, parts, places);
  page.start();
  return page;
}

function templateOf(parts: Document, name: string): HTMLTemplateElement {
  const found = parts.querySelector<HTMLTemplateElement>(`template[data-template=${name}]`);
  if (!found) throw new Error(`no template ${name}`);
  return found;
}

function part<E extends HTMLElement>(within: ParentNode, name: string): E {
  const found = within.querySelector<E>(`[data-${name}]`);
  if (!found) throw new Error(`no part ${name}`);
  return found;
}

/** Which of the page's faces a place in the browser's history stands for; no more than that. */
interface Place {
  at: "form" | "answer" | "correction";
}

/** An answer that is shown, with what it was asked of; kept while it is. */
interface Told {
  people: Person[];
  answers: Answer[];
  at: Date;
}

export class PrivatePage {
  private readonly facts: Facts;
  private readonly index: CarriedIndex;
  private readonly main: HTMLElement;
  private readonly way: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly title = document.title;
  private atForm: Node[];
  private busy = false;
  private viaService = false;
  private keep = false;
  private stopped = false;
  private told: Told | null = null;
  private correctedAt = 0; // whose answer the request for a correction is about

  constructor(
    private readonly form: HTMLFormElement,
    private readonly parts: Document,
    private readonly places: PublishedPlaces,
  ) {
    const told = JSON.parse(part(parts, "private-facts").textContent!) as Omit<Facts, "now" | "places">;
    this.facts = { ...told, now: form.dataset.now!, places: {} };
    this.index = new CarriedIndex(part(parts, "private-index").textContent!);
    this.main = form.closest("main")!;
    this.way = part(form, "private-way");
    this.button = part(this.way, "check-here");
    this.atForm = Array.from(this.main.childNodes);
  }

  start(): void {
    const templates = { summary: templateOf(this.parts, "faults"), line: templateOf(this.parts, "fault") };
    templateOf(this.parts, "answer");
    // Before any other listener: what is checked here must not count as sent.
    document.addEventListener("submit", (event) => this.submitted(event, templates), true);
    // An implicit "enter" clicks the first button, too: only the other one ever asks the service.
    this.button.addEventListener("click", () => (this.viaService = false));
    part(this.form, "send").addEventListener("click", () => (this.viaService = true));
    part(this.form, "add").addEventListener("click", () => this.add());
    window.addEventListener("pagehide", () => this.forgetAll());
    window.addEventListener("pageshow", () => (this.viaService = false));
    window.addEventListener("popstate", (event) => this.wentTo(event.state as Place | null));
    this.places.begin();
    part(this.way, "preparing").remove();
    this.button.disabled = false;
    this.working(false);
    setTimeout(warmUp, 0);
  }

  /** Does nothing any more: another page has taken its place. */
  stop(): void {
    this.stopped = true;
  }

  /** Takes over the further rows of the former page, and the answer that it shows. */
  takeOver(fields: [string, string][], former?: PrivatePage): void {
    const places = fields.filter(([name]) => name.startsWith("id_number")).length;
    for (let place = 1; place < places; place++) this.add();
    fillFields(this.form, fields.filter(([name]) => FURTHER_ROW.test(name)));
    if (!former?.told) return;
    this.tell(former.told, true);
    const request = former.main.querySelector<HTMLFormElement>("#correction-form");
    if (request) void this.requestCorrection(former.told, former.correctedAt, fieldsOf(request));
  }

  private submitted(event: Event, templates: Parameters<typeof tellFaults>[3]): void {
    if (this.stopped || event.target !== this.form || this.viaService) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.busy) return;
    this.clearFailure();
    clearFaults(this.form);
    const read = readForm(this.form);
    if (read.faults.length) tellFaults(this.form, read, this.facts, templates);
    else void this.check(read.people.map((one) => ({ ...one, typed: printable(one.typed) })));
  }

  private add(): void {
    addRow(this.form, templateOf(this.parts, "person"));
    const rows = this.form.querySelectorAll(".gauge-person").length;
    this.way.querySelector("[data-several]")?.removeAttribute("hidden");
    this.button.textContent = this.button.dataset.ofSeveral!;
    part(this.form, "add").hidden = rows >= this.facts.people_max;
  }

  private async check(people: Person[]): Promise<void> {
    this.places.stop();
    this.working(true);
    const bar = this.way.querySelector("progress")!;
    try {
      await painted();
      const transport = toThisService(this.facts.proof_worker, this.index);
      const inputs = people.map((one) => one.inputs);
      const answers = await privateCheck(inputs, this.facts, transport, (done, of) => {
        bar.max = of;
        bar.value = done;
      });
      if (answers.some((answer) => answer.missing.length)) this.index.drop();
      // the second is when the page came and how long ago that is; phones do not count while they sleep
      const at = new Date(Math.max(transport.toldAt(), Date.parse(this.facts.now) + performance.now()));
      if (!this.stopped) this.tell({ people, answers, at });
    } catch (error) {
      this.index.drop();
      // Whatever went wrong, there is no answer; the form is not sent instead.
      this.fail(error instanceof CannotAnswer ? error : new CannotAnswer("unproven", "a fault"));
    } finally {
      this.working(false);
    }
  }

  private working(busy: boolean): void {
    this.busy = busy;
    part(this.way, "ready").hidden = busy;
    this.button.setAttribute("aria-disabled", String(busy));
    part(this.way, "working").hidden = !busy;
    this.way.querySelector("progress")!.removeAttribute("value");
  }

  private tell(answered: Told, again = false): void {
    const facts = { ...this.facts, places: this.places.byBuild };
    const { people, answers, at: now } = answered;
    this.told = answered;
    const day = today(now, facts.dates.timezone);
    const filters = {
      day: (one: unknown) => dayWords(one as number, facts.dates),
      short_day: (one: unknown) => shortDayWords(one as number, day, facts.dates),
      weekday: (one: unknown) => weekdayWords(one as number, day, facts.dates),
      moment: (moment: unknown) => momentWords(moment as string, facts.dates),
      telephone: (hotline: unknown) => String(hotline).replace(/[^+0-9]/g, ""),
    };
    const household = householdView(people, answers, facts, day, now.toISOString());
    const page = render(templateOf(this.parts, "answer"), { household }, filters);
    const { manifests } = answers[0]!;
    const builds = manifests.map((manifest) => toHex(manifest.buildId));
    const told = JSON.stringify(builds) === JSON.stringify(facts.builds);
    const data = told
      ? document.importNode(part<HTMLTemplateElement>(page, "data-here").content, true)
      : render(part(page, "data-told"), { data: dataViews(manifests, facts.words) }, filters);
    part(page, "data").replaceWith(data);
    page.querySelectorAll("template").forEach((left) => left.remove());
    page.querySelectorAll("[data-correct]").forEach((button) => {
      button.addEventListener("click", () => this.correct());
    });
    page.querySelectorAll<HTMLAnchorElement>("a[data-request-correction]").forEach((link, at) => {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        void this.requestCorrection(answered, at);
      });
    });
    const heading = page.querySelector("h1")!;
    this.show(page);
    offerAfterAnswer(this.main);
    document.title = this.title.replace(/^[^–]*/, `${heading.textContent!.trim()} `);
    if (!again) {
      history.replaceState({ at: "form" }, ""); // so that "back" leads to the form
      history.pushState({ at: "answer" }, "");
    }
    window.scrollTo(0, 0);
    heading.focus();
  }

  private show(...content: Node[]): void {
    this.main.textContent = ""; // replaceChildren() is too young for some of these browsers
    this.main.append(...content);
  }

  /** Shows the request for a correction of one person's answer; written: what stood in it before, in
   *  another language. */
  private async requestCorrection(told: Told, at: number, written?: [string, string][]): Promise<void> {
    const link = this.main.querySelectorAll<HTMLAnchorElement>("a[data-request-correction]")[at]!;
    const trips = tripsInOneLine(told.answers[at]!, this.facts);
    const page = await correctionPage(link.href, told.people[at]!.typed, trips);
    if (!page || this.told !== told) return;
    this.correctedAt = at;
    this.show(...page.content);
    const request = this.main.querySelector<HTMLFormElement>("#correction-form")!;
    if (written) fillFields(request, written);
    else history.pushState({ at: "correction" }, "");
    document.title = page.title;
    window.scrollTo(0, 0);
    this.main.focus();
  }

  private correct(): void {
    this.keep = true;
    history.back();
  }

  // Links within the page make places of their own, where nothing changes.
  private wentTo(place: Place | null): void {
    if (this.stopped || this.main.contains(this.form)) return;
    if (place?.at === "form") this.backAtForm();
    else if (this.keep) history.back();
    else if (place && this.told && this.main.querySelector("#correction-form")) this.tell(this.told, true);
  }

  private backAtForm(): void {
    if (!this.keep) forget(this.form);
    this.told = null;
    this.show(...this.atForm);
    document.title = this.title;
    if (this.keep) this.form.querySelector<HTMLElement>("input[type=text]")!.focus();
    else this.main.focus();
    this.keep = false;
  }

  private fail(error: CannotAnswer): void {
    const minutes = Math.max(1, Math.ceil(error.retryAfterSeconds / 60));
    const failure = { minutes: String(minutes), [error.why]: true };
    const values = { unreachable: false, limited: false, expired: false, rolled_back: false };
    const others = { another_key: false, unproven: false };
    const told = render(templateOf(this.parts, "failure"), { failure: { ...values, ...others, ...failure } }, {});
    this.form.before(told);
    this.way.querySelector("details")!.open = true;
    this.main.querySelector<HTMLElement>("[data-failure]")!.focus();
  }

  private clearFailure(): void {
    this.main.querySelectorAll("[data-failure]").forEach((told) => told.remove());
  }

  /** Leaves nothing for whoever comes after, on a phone that several use. */
  private forgetAll(): void {
    if (this.stopped || this.viaService) return; // the form is on its way to the service, as was asked
    forget(this.form);
    if (!this.main.contains(this.form)) this.backAtForm();
  }
}

// While one types: tables are built and code compiled, so that the check itself takes half as long.
function warmUp(): void {
  const inputs = inputsOf({ id_type: "other", id_number: "0", name: "\u5f20", name_latin: "Ana" });
  const keys = { keyId: new Uint8Array(8), publicKey: new Uint8Array(32) };
  if ("inputs" in inputs) questionAbout(inputs.inputs, keys);
}

/** Resolves when the browser had the time to show what was changed. */
function painted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
