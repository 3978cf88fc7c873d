// The word, as large as the screen: colour, drawing and text, never colour alone. Why somebody waits
// stands nowhere here; why somebody was not checked does, for the guard.
import type { Reason, Word } from "../terminal";
import { button, confirmButton, h, icon } from "./dom";
import { REASON_MAX_CHARACTERS, otherWords } from "./override";
import type { OverrideScreen, Screen, WordScreen } from "./screens";
import { type View, faultLine, field, heading, leave, valueOf } from "./view";
import { sayFirst } from "./words";

const DRAWINGS: Record<Word, string[]> = {
  come_in: ["M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z", "M7 12.5l3.5 3.5l6.5-7.5"],
  wait: ["M8.2 2.5h7.6l5.7 5.7v7.6l-5.7 5.7h-7.6l-5.7-5.7v-7.6z", "M9.5 8v8M14.5 8v8"],
  not_checked: ["M3 3h18v18h-18z", "M9 9.2a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2", "M12 17.4v.2"],
};
const OFFICER_ONLY: Reason[] = ["exposure", "fever", "symptoms"];
const GUARD_REASONS = ["papers", "officer", "thermometer", "judgement"];

export function wordView(view: View, screen: WordScreen): Node[] {
  const { say, dispatch } = view;
  const { word, checkin } = screen;
  const why = word === "not_checked" ? whyNot(view, screen) : null;
  return [
    h(
      "div",
      { class: "kiosk-word" },
      icon(...DRAWINGS[word]),
      heading(
        say(
          word === "come_in" && screen.passage.direction === "out"
            ? "word_come_in_out"
            : `word_${word}`,
        ),
      ),
      h("p", { class: "kiosk-word__line" }, say(`word_${word}_line`)),
      why === null ? null : h("p", { class: "kiosk-word__line", "data-why": true }, why),
      checkin === null
        ? h("p", { class: "kiosk-word__line", role: "alert" }, say("not_stored"))
        : null,
    ),
    h(
      "div",
      { class: "kiosk-actions" },
      button(say("next"), "next", () => dispatch({ kind: "next" }), "kiosk-button--main"),
      checkin === null
        ? null
        : button(say("undo"), "undo", () => dispatch({ kind: "undo" }), "kiosk-button--quiet"),
      checkin === null || screen.override
        ? null
        : confirmButton(
            say("override_open"),
            say("override_open_again"),
            "override",
            () => dispatch({ kind: "override_open" }),
            "kiosk-button--quiet",
          ),
    ),
  ];
}

function whyNot({ say, language }: View, { reasons, checkin }: WordScreen): string | null {
  const names = reasons
    .filter((reason) => !OFFICER_ONLY.includes(reason))
    .map((reason) => `reason_${reason}`);
  if (!names.length && checkin === null) return null; // what could not be stored has its own line
  return sayFirst(say, language, [...names, "reason"]);
}

export function overrideView(view: View, screen: OverrideScreen): Node[] {
  const { say, dispatch } = view;
  const form = h(
    "form",
    {
      class: "kiosk-form",
      novalidate: true,
      autocomplete: "off",
      submit: (event) => {
        event.preventDefault();
        dispatch({ kind: "override", reason: valueOf(form, "reason") });
      },
    },
    faultLine(screen.fault ? say("override_fault") : null),
    h(
      "div",
      { class: "kiosk-switch", role: "group", "aria-label": say("override_word") },
      ...otherWords(screen.back.word).map((word) =>
        button(
          say(`word_${word}`),
          `override-${word}`,
          () => dispatch({ kind: "override_word", word }),
          "kiosk-switch__half",
          { "aria-pressed": String(screen.word === word) },
        ),
      ),
    ),
    field("reason", say("override_reason"), { maxlength: String(REASON_MAX_CHARACTERS) }),
    h(
      "div",
      { class: "kiosk-choices" },
      ...GUARD_REASONS.map((name) => {
        const words = say(`override_${name}`);
        return button(words, `reason-${name}`, () => {
          form.querySelector<HTMLInputElement>("[data-field=reason]")!.value = words;
        });
      }),
    ),
    h(
      "div",
      { class: "kiosk-actions" },
      h(
        "button",
        { type: "submit", class: "kiosk-button kiosk-button--main", "data-act": "confirm" },
        say("override_send"),
      ),
      leave(view),
    ),
  );
  return [heading(say("override")), h("p", { class: "kiosk-text" }, say("override_lead")), form];
}

export function thanksView(
  { say, dispatch }: View,
  { stored }: Extract<Screen, { name: "thanks" }>,
): Node[] {
  return [
    heading(say(stored ? "thanks" : "thanks_not_stored")),
    h("p", { class: "kiosk-text" }, say(stored ? "thanks_line" : "thanks_not_stored_line")),
    h(
      "div",
      { class: "kiosk-actions" },
      button(say("next"), "next", () => dispatch({ kind: "next" }), "kiosk-button--main"),
    ),
  ];
}
