// What every screen is drawn from, and parts that several screens have.
import type { KioskSettings, TerminalState } from "../terminal";
import { button, h } from "./dom";
import type { Action, UiState } from "./screens";
import type { Language, Say } from "./words";

export interface View {
  ui: UiState;
  terminal: TerminalState;
  settings: KioskSettings;
  language: Language;
  say: Say;
  dispatch(action: Action): void;
}

/** Returns the heading of a screen, which takes the focus when the screen appears. */
export function heading(words: string): HTMLElement {
  return h("h1", { class: "kiosk-heading", tabindex: "-1", "data-focus": true }, words);
}

/** Returns the line that says what was wrong, spoken at once. */
export function faultLine(words: string | null): HTMLElement | null {
  return words === null
    ? null
    : h("p", { class: "kiosk-fault", role: "alert", id: "fault" }, words);
}

/** Returns the button that leaves a screen. */
export function leave(view: View, words = "cancel"): HTMLElement {
  return button(
    view.say(words),
    "back",
    () => view.dispatch({ kind: "back" }),
    "kiosk-button--quiet",
  );
}

/** Returns a field with its label; nothing of it is remembered by the browser. */
export function field(
  name: string,
  label: string,
  attributes: Record<string, string | boolean | null> = {},
  hint: string | null = null,
): HTMLElement {
  const id = `field-${name}`;
  const never = {
    autocomplete: "off",
    autocorrect: "off",
    spellcheck: "false",
    autocapitalize: "off",
  };
  const described = hint === null ? null : `${id}-hint`;
  return h(
    "div",
    { class: "kiosk-field" },
    h("label", { for: id, class: "kiosk-label" }, label),
    hint === null ? null : h("p", { class: "kiosk-hint", id: described }, hint),
    h("input", {
      type: "text",
      id,
      class: "kiosk-input",
      "data-field": name,
      "aria-describedby": described,
      ...never,
      ...attributes,
    }),
  );
}

/** Returns what stands in a field of a form. */
export function valueOf(form: Element, name: string): string {
  return form.querySelector<HTMLInputElement>(`[data-field=${name}]`)!.value;
}
