// The screen between two people: show a badge or a code.
import { qrPicture } from "../../parts/qr_picture";
import { button, h } from "./dom";
import type { ReadyScreen } from "./screens";
import type { Direction } from "../terminal";
import { sayFirst } from "./words";
import { type View, faultLine, heading, leave } from "./view";

const DIRECTIONS: Direction[] = ["in", "out"];

export function readyView(view: View, screen: ReadyScreen): Node[] {
  const { say, ui, language, dispatch } = view;
  const log = ui.purpose === "log";
  const names = [`notice_ready_${screen.notice}`, "notice_ready"];
  const notice = faultLine(screen.notice && sayFirst(say, language, names));
  const actions = log
    ? [leave(view)]
    : [
        button(say("details_open"), "details", () => dispatch({ kind: "open", screen: "details" })),
        button(say("log_open"), "log", () => dispatch({ kind: "purpose", purpose: "log" })),
      ];
  return [
    heading(say(log ? "ready_log" : "ready")),
    h("p", { class: "kiosk-text kiosk-lead" }, say(log ? "ready_log_lead" : "ready_lead")),
    ...(notice ? [notice] : []),
    ...(view.settings.direction === "both" && !log ? [directionSwitch(view)] : []),
    h("div", { class: "kiosk-actions" }, ...actions),
    ...(log ? [] : doorCode(view)),
  ];
}

function directionSwitch({ say, ui, dispatch }: View): HTMLElement {
  return h(
    "div",
    { class: "kiosk-switch", role: "group", "aria-label": say("direction") },
    ...DIRECTIONS.map((direction) =>
      button(
        say(`direction_${direction}`),
        `direction-${direction}`,
        () => dispatch({ kind: "direction", direction }),
        "kiosk-switch__half",
        { "aria-pressed": String(ui.direction === direction) },
      ),
    ),
  );
}

function doorCode({ say, terminal }: View): Node[] {
  if (!terminal.doorUrl) return [];
  return [
    h(
      "figure",
      { class: "kiosk-door", "data-door": terminal.doorUrl },
      qrPicture(terminal.doorUrl, say("door_label"), "L"),
      h("figcaption", {}, h("strong", {}, say("door_heading")), ` ${say("door_lead")}`),
    ),
  ];
}
