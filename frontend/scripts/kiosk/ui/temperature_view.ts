// One temperature: typed with large keys, or sent by a thermometer.
import { button, h } from "./dom";
import type { TemperatureScreen } from "./screens";
import { fromCelsius } from "../temperature";
import { type View, faultLine, heading, leave } from "./view";
import { KeyRhythm } from "./wedge";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"];
const WHOLE = { C: /^[34]\d$/, F: /^(?:9\d|1[01]\d)$/ };

export function temperatureView(view: View, screen: TemperatureScreen): Node[] {
  const { say, settings, dispatch } = view;
  const rhythm = new KeyRhythm();
  const { subject } = screen.passage;
  const input = h("input", {
    type: "text",
    inputmode: "none",
    id: "temperature",
    class: "kiosk-temperature",
    autocomplete: "off",
    autocorrect: "off",
    spellcheck: "false",
    "data-field": "temperature",
    "data-typing": true,
    "aria-invalid": screen.fault ? "true" : null,
    "aria-describedby": screen.fault ? "fault" : null,
    keydown: (event) => rhythm.press(event.timeStamp),
  }) as HTMLInputElement;
  const form = h(
    "form",
    {
      class: "kiosk-measure",
      novalidate: true,
      autocomplete: "off",
      submit: (event) => {
        event.preventDefault();
        const text = input.value;
        const source = rhythm.source();
        input.value = "";
        rhythm.clear();
        dispatch({ kind: "text", text, source });
      },
    },
    h("label", { for: "temperature", class: "kiosk-label" }, say("temperature")),
    h(
      "div",
      { class: "kiosk-temperature__line" },
      input,
      h("span", { "aria-hidden": "true" }, `°${settings.unit}`),
    ),
    screen.question === null ? null : unitQuestion(view, screen.question),
    h(
      "div",
      { class: "kiosk-keys" },
      ...KEYS.map((key) => button(key, `key-${key}`, () => press(input, key, settings.unit))),
      button("⌫", "erase", () => (input.value = input.value.slice(0, -1)), "", {
        "aria-label": say("erase"),
      }),
    ),
    h(
      "button",
      { type: "submit", class: "kiosk-button kiosk-button--main", "data-act": "ok" },
      say("ok"),
    ),
  );
  return [
    heading(say(`temperature_${screen.advice}`)),
    ...(subject?.kind === "badge" ? [h("p", { class: "kiosk-who" }, subject.name)] : []),
    ...[faultLine(screen.fault && say(`temperature_${screen.fault}`))].filter(
      (line) => line !== null,
    ),
    form,
    h(
      "div",
      { class: "kiosk-actions" },
      leave(view, screen.advice === "warm_up" ? "next_person" : "cancel"),
    ),
  ];
}

// The point comes by itself after the whole degrees: three keys make a temperature.
function press(input: HTMLInputElement, key: string, unit: "C" | "F"): void {
  const before = input.value;
  if (key === "." && (!before || before.includes("."))) return;
  input.value = key !== "." && WHOLE[unit].test(before) ? `${before}.${key}` : before + key;
}

function unitQuestion({ say, settings, dispatch }: View, celsius: number): HTMLElement {
  const here = settings.unit;
  const there = here === "C" ? "F" : "C";
  const values = {
    typed: `${fromCelsius(celsius, there)} °${there}`,
    here: `${fromCelsius(celsius, here)} °${here}`,
  };
  return h(
    "div",
    { class: "kiosk-question", role: "alert" },
    h("p", { class: "kiosk-text" }, say("unit_question", values)),
    button(say("yes"), "unit-yes", () => dispatch({ kind: "unit", meant: true })),
    button(say("no"), "unit-no", () => dispatch({ kind: "unit", meant: false })),
  );
}
