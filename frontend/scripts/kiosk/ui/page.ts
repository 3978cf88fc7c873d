// The kiosk's page: draws the screens, hears keys, camera and thermometers, and calls the core.
// Threat: somebody looks for whoever was here before. Limit: a screen's elements go with it, fields
// are emptied first, no place in the history is made, and a page kept by the browser comes back empty.
import type { Subject, Terminal, TerminalState } from "../terminal";
import { personOfCard } from "./card_text";
import type { ScanFiles } from "./camera";
import { codeOfAddress } from "./codes";
import { type PageActions, focusOn, isSameForm, redraw, screenElements, wipe } from "./draw";
import { Frame } from "./frame";
import { Hardware } from "./hardware";
import { idleMilliseconds } from "./idle";
import { LanguageChoice } from "./language_choice";
import { FIRST, reduce } from "./reduce";
import type { Action, Effect, UiState } from "./screens";
import type { View } from "./view";
import { WedgeText } from "./wedge";
import { type Language, saying } from "./words";

/** What the page says of itself: app/kiosk/terminal writes it. */
export interface Facts {
  languages: Language[];
  scan: ScanFiles;
}

const QUIET_MS = 60_000; // then a new version of the page may take a moment
const FIELDS = "input[type=text], textarea, select";
const LOST: Subject = { kind: "unread", reason: "busy" };

export class KioskPage {
  private ui: UiState = FIRST;
  private drawnFrom: unknown[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private whenQuiet: (() => void) | null = null;
  private readonly main: HTMLElement;
  private readonly frame: Frame;
  private readonly hardware: Hardware;
  private readonly languages: LanguageChoice;
  private readonly wedge = new WedgeText((text, source) => this.takeText(text, source));
  private readonly actions: PageActions;

  constructor(
    private readonly terminal: Terminal,
    facts: Facts,
    private readonly code: string,
  ) {
    this.main = document.querySelector("main")!;
    this.languages = new LanguageChoice(facts.languages);
    this.frame = new Frame(facts.languages, {
      language: (tag) => this.speak(tag),
      devices: () => this.dispatch({ kind: "open", screen: "devices" }),
    });
    const video = document.querySelector("video")!;
    this.hardware = new Hardware(video, facts.scan, {
      code: (text) => this.dispatch({ kind: "camera", text }),
      measured: (measurement) => this.dispatch({ kind: "reading", ...measurement }),
      changed: () => this.draw(),
    });
    this.actions = this.pageActions();
  }

  /** Shows the first screen and listens from now on. */
  start(): void {
    document.addEventListener("keydown", (event) => this.key(event), true);
    document.addEventListener("paste", (event) => this.paste(event));
    for (const event of ["pointerdown", "keydown", "input"]) {
      document.addEventListener(event, () => this.touch(), true);
    }
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
    this.terminal.subscribe((state) => this.update(state));
    this.update(this.terminal.state());
  }

  /** Does something once nobody has stood here for a minute. */
  later(action: () => void): void {
    this.whenQuiet = action;
    this.wait();
  }

  private dispatch(action: Action): void {
    const { settings } = this.terminal.state();
    const decide: Terminal["decide"] = (...all) => this.terminal.decide(...all);
    const before = this.ui;
    const [after, effects] = reduce(before, action, { now: this.terminal.now(), settings, decide });
    this.ui = after;
    const leaves = before.screen.name !== "ready" && before.screen.name !== "devices";
    if (after.screen.name === "ready" && leaves) this.languages.reset();
    this.draw();
    if (before.screen !== after.screen) this.wait();
    for (const effect of effects) void this.run(effect);
  }

  private async run(effect: Effect): Promise<void> {
    const { terminal } = this;
    switch (effect.kind) {
      case "sound":
        if (terminal.state().settings.sound) this.hardware.sounds.play(effect.sound);
        return;
      case "enrol": {
        const outcome = await terminal.enrol(effect.code).catch(() => "unavailable" as const);
        if (outcome !== "ok") this.dispatch({ kind: "enrolment_fault", fault: outcome });
        return;
      }
      case "identify":
      case "identify_person": {
        const lookup =
          effect.kind === "identify"
            ? terminal.identify(effect.text)
            : terminal.identifyPerson(effect.person);
        const subject = await lookup.catch(() => LOST);
        return this.dispatch({ kind: "subject", passage: effect.passage, subject });
      }
      case "record": {
        const before = { ...effect.checkin, override: null }; // a guard may write for minutes
        if (effect.undoes !== null) await terminal.undo(effect.undoes, before).catch(() => undefined);
        const checkin = await terminal.record(effect.checkin).catch(() => null);
        return this.dispatch({ kind: "stored", passage: effect.passage, checkin });
      }
      case "undo":
        return terminal.undo(effect.checkin).catch(() => undefined);
    }
  }

  private update(state: TerminalState): void {
    void this.hardware.begin(state.phase);
    this.dispatch({ kind: "phase", phase: state.phase, code: this.code });
  }

  private draw(): void {
    const { main, ui, languages } = this;
    const terminal = this.terminal.state();
    const language = languages.present;
    this.frame.draw(terminal, this.hardware.devices, ui.screen, language, this.terminal.now());
    const { screen } = ui;
    const drawnFrom = [screen, language.tag, ui.direction, ui.purpose, ...this.watched(terminal)];
    if (
      drawnFrom.length === this.drawnFrom.length &&
      drawnFrom.every((one, at) => one === this.drawnFrom[at])
    )
      return;
    const before = this.drawnFrom[0] as UiState["screen"] | undefined;
    this.drawnFrom = drawnFrom;
    const { settings } = terminal;
    const view: View = {
      ui,
      terminal,
      settings,
      language,
      say: saying(language),
      dispatch: (action) => this.dispatch(action),
    };
    const elements = () => screenElements(view, this.actions);
    if (isSameForm(before, screen)) return redraw(main, elements);
    wipe(main);
    main.append(...elements());
    focusOn(main);
    window.scrollTo(0, 0);
  }

  // What else than the screen itself each one shows: a page must not be drawn anew while one types.
  private watched(terminal: TerminalState): unknown[] {
    switch (this.ui.screen.name) {
      case "ready":
        return [terminal.doorUrl, terminal.settings.direction];
      case "devices":
        return [
          terminal.tableValidUntil,
          terminal.waiting,
          this.hardware.thermometer,
          this.hardware.sounds.on,
        ];
      case "revoked":
        return [terminal.waiting];
      default:
        return [];
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return this.dispatch({ kind: "back" });
    if ((event.target as Element).closest(FIELDS)) return;
    const field = this.main.querySelector<HTMLInputElement>("[data-typing]");
    if (field && [...event.key].length === 1) return field.focus(); // and there it is typed
    const pressed = (event.target as Element).closest("button");
    if (field?.value && event.key === "Enter" && !pressed) {
      field.form!.dispatchEvent(new Event("submit", { cancelable: true })); // requestSubmit() is younger
      return;
    }
    if (this.wedge.key(event)) event.preventDefault();
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text") ?? "";
    if ((event.target as Element).closest(FIELDS) || !text.trim()) return;
    event.preventDefault();
    this.takeText(text, "typed");
  }

  private takeText(text: string, source: "typed" | "wedge"): void {
    const { name } = this.ui.screen;
    if (name === "enrolment")
      return this.dispatch({ kind: "enrol", code: codeOfAddress(text) ?? text });
    const person = name === "ready" ? personOfCard(text) : null;
    this.dispatch(person ? { kind: "person", person } : { kind: "text", text, source });
  }

  private speak(tag: string): void {
    this.languages.choose(tag, ["enrolment", "devices"].includes(this.ui.screen.name));
    this.draw();
    this.wait();
  }

  private touch(): void {
    this.hardware.sounds.unlock();
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    const { settings } = this.terminal.state();
    const milliseconds = idleMilliseconds(this.ui, settings) ?? this.languages.idleMilliseconds();
    if (milliseconds !== null) {
      this.timer = setTimeout(() => {
        this.languages.reset();
        this.dispatch({ kind: "idle" });
        this.wait();
      }, milliseconds);
    } else if (this.whenQuiet) this.timer = setTimeout(this.whenQuiet, QUIET_MS);
  }

  // The browser may keep the page as it is: then there must be nobody on it.
  private leave(): void {
    this.wedge.clear();
    this.dispatch({ kind: "next" });
    this.dispatch({ kind: "next" }); // from the guard's screen by way of the word
  }

  private pageActions(): PageActions {
    const { hardware, terminal } = this;
    return {
      get sound() {
        return hardware.sounds.on;
      },
      get thermometer() {
        return hardware.thermometer;
      },
      toggleSound: () => hardware.toggleSound(),
      turnCamera: () => hardware.turnCamera(),
      startCamera: () => hardware.startCamera(),
      connectSerial: (rate) => void hardware.connectSerial(rate),
      connectBluetooth: () => void hardware.connectBluetooth(),
      forget: () => void terminal.forget(),
    };
  }
}
