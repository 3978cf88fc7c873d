// Before a kiosk belongs to anybody, and after it was withdrawn.
import { confirmButton, h } from "./dom";
import type { Screen } from "./screens";
import { type View, faultLine, field, heading, valueOf } from "./view";

export function enrolmentView(
  view: View,
  screen: Extract<Screen, { name: "enrolment" }>,
  camera: HTMLElement,
): Node[] {
  const { say, dispatch } = view;
  const form = h(
    "form",
    {
      class: "kiosk-form",
      novalidate: true,
      autocomplete: "off",
      submit: (event) => {
        event.preventDefault();
        dispatch({ kind: "enrol", code: valueOf(form, "code") });
      },
    },
    faultLine(screen.fault && say(`enrolment_${screen.fault}`)),
    field(
      "code",
      say("enrolment_code"),
      {
        value: screen.code,
        autocapitalize: "characters",
        "aria-invalid": screen.fault ? "true" : null,
      },
      say("enrolment_hint"),
    ),
    h(
      "div",
      { class: "kiosk-actions" },
      h(
        "button",
        {
          type: "submit",
          class: "kiosk-button kiosk-button--main",
          "data-act": "enrol",
          disabled: screen.busy,
        },
        say(screen.busy ? "enrolment_sending" : "enrolment_send"),
      ),
      camera,
    ),
  );
  return [
    heading(say("enrolment_heading")),
    h("p", { class: "kiosk-text" }, say("enrolment_lead")),
    form,
  ];
}

export function revokedView({ say, terminal }: View, forget: () => void): Node[] {
  const waits = terminal.waiting
    ? h(
        "p",
        { class: "kiosk-text", "data-waiting": String(terminal.waiting) },
        say("revoked_waiting", { number: terminal.waiting }),
      )
    : null;
  return [
    heading(say("revoked_heading")),
    h("p", { class: "kiosk-text" }, say("revoked_lead")),
    ...(waits ? [waits] : []),
    confirmButton(say("forget"), say("forget_again"), "forget", forget, "kiosk-button--quiet"),
  ];
}

export function unsupportedView({ say }: View): Node[] {
  return [
    heading(say("unsupported_heading")),
    h("p", { class: "kiosk-text" }, say("unsupported_lead")),
  ];
}
