// Around the screens: whose kiosk it is, languages, the strip of notices.
import { setContent } from "../../parts/content";
import type { TerminalState } from "../terminal";
import { button, h } from "./dom";
import { type Devices, notices } from "./notices";
import type { Screen } from "./screens";
import { type Language, saying } from "./words";

export interface FrameActions {
  language(tag: string): void;
  devices(): void;
}

function part(name: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-part=${name}]`)!;
}

export class Frame {
  private readonly who = part("who");
  private readonly strip = part("notices");
  private readonly languages = part("languages");
  private readonly minder = part("minder");
  private drawnFrom = "";

  constructor(
    all: Language[],
    private readonly actions: FrameActions,
  ) {
    setContent(
      this.languages,
      ...all.map((one) =>
        button(
          one.name,
          `language-${one.tag}`,
          () => actions.language(one.tag),
          "kiosk-bar__button",
          { lang: one.tag },
        ),
      ),
    );
  }

  draw(
    terminal: TerminalState,
    devices: Devices,
    screen: Screen,
    language: Language,
    now: number,
  ): void {
    const { body, documentElement } = document;
    const say = saying(language);
    const word = screen.name === "word" ? screen.word : null;
    const main = document.querySelector("main")!;
    body.dataset.screen = main.dataset.screen = screen.name;
    for (const element of [body, main]) {
      if (word) element.dataset.word = word;
      else delete element.dataset.word;
    }
    const reason = screen.name === "ready" ? screen.notice : null;
    if (reason) main.dataset.reason = reason;
    else delete main.dataset.reason;
    const found = notices(terminal, devices, now);
    const whose = terminal.kiosk
      ? `${terminal.kiosk.name} · ${terminal.organisation?.title ?? ""}`
      : say("title");
    const drawnFrom = JSON.stringify([language.tag, found, whose, screen.name === "ready"]);
    if (drawnFrom === this.drawnFrom) return; // a status that is written again is spoken again
    this.drawnFrom = drawnFrom;
    documentElement.lang = language.tag;
    documentElement.dir = language.direction;
    document.title = say("title");
    this.who.textContent = whose;
    part("camera").setAttribute("aria-label", say("camera"));
    this.languages.setAttribute("aria-label", say("language"));
    for (const one of this.languages.children) {
      one.setAttribute("aria-pressed", String((one as HTMLElement).lang === language.tag));
    }
    setContent(
      this.minder,
      ...(screen.name === "ready"
        ? [button(say("devices"), "devices", () => this.actions.devices(), "kiosk-bar__button")]
        : []),
    );
    setContent(
      this.strip,
      ...found.map(({ name, values, urgent }) =>
        h(
          "p",
          {
            class: urgent ? "kiosk-notice kiosk-notice--urgent" : "kiosk-notice",
            "data-notice": name,
          },
          say(name, values),
        ),
      ),
    );
  }
}
