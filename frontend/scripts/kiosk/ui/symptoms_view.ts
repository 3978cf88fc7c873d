// The organisation's questions: one touch where there is nothing.
import { button, h } from "./dom";
import type { SymptomsScreen } from "./screens";
import { type View, heading, leave } from "./view";

export function symptomsView(view: View, { selection }: SymptomsScreen): Node[] {
  const { say, settings, dispatch } = view;
  const some = selection.length > 0;
  return [
    heading(say("symptoms")),
    h(
      "div",
      { class: "kiosk-symptoms", role: "group", "aria-label": say("symptoms") },
      ...settings.symptoms.map((symptom) =>
        button(
          say(`symptom_${symptom}`),
          `symptom-${symptom}`,
          () => dispatch({ kind: "symptom", symptom }),
          "kiosk-symptom",
          { "aria-pressed": String(selection.includes(symptom)) },
        ),
      ),
    ),
    some
      ? button(
          say("symptoms_send"),
          "symptoms",
          () => dispatch({ kind: "symptoms", none: false }),
          "kiosk-button--main",
        )
      : button(
          say("symptoms_none"),
          "no-symptoms",
          () => dispatch({ kind: "symptoms", none: true }),
          "kiosk-button--main",
        ),
    h("div", { class: "kiosk-actions" }, leave(view)),
  ];
}
