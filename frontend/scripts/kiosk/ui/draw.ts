// Puts a screen into the page, and nothing of the last one stays.
import { setContent } from "../../parts/content";
import { button, h } from "./dom";
import { type DeviceActions, devicesView } from "./devices_view";
import { detailsView } from "./details_view";
import { enrolmentView, revokedView, unsupportedView } from "./enrolment_view";
import { readyView } from "./ready_view";
import type { Screen } from "./screens";
import { symptomsView } from "./symptoms_view";
import { temperatureView } from "./temperature_view";
import { type View, heading } from "./view";
import { overrideView, thanksView, wordView } from "./word_view";

export interface PageActions extends DeviceActions {
  startCamera(): void;
}

/** Returns the elements of the present screen. */
export function screenElements(view: View, actions: PageActions): Node[] {
  const { screen } = view.ui;
  switch (screen.name) {
    case "starting":
      return [h("p", { class: "kiosk-text", role: "status" }, view.say("starting"))];
    case "unsupported":
      return unsupportedView(view);
    case "enrolment": {
      const camera = button(view.say("enrolment_camera"), "camera", () => actions.startCamera());
      return enrolmentView(view, screen, camera);
    }
    case "revoked":
      return revokedView(view, () => actions.forget());
    case "ready":
      return readyView(view, screen);
    case "details":
      return detailsView(view);
    case "temperature":
      return temperatureView(view, screen);
    case "symptoms":
      return symptomsView(view, screen);
    case "pending":
      return [h("div", { class: "kiosk-pending" }, heading(view.say("pending")))];
    case "word":
      return wordView(view, screen);
    case "override":
      return overrideView(view, screen);
    case "thanks":
      return thanksView(view, screen);
    case "devices":
      return devicesView(view, actions);
  }
}

/** Whether a screen is still the one that somebody types into, though it is drawn anew. */
export function isSameForm(before: Screen | undefined, screen: Screen): boolean {
  if (before === screen) return true;
  if (before?.name === "temperature" && screen.name === "temperature") {
    // who it is was looked up meanwhile: what stands in the field stays
    return (
      before.passage.key === screen.passage.key &&
      before.passage.readings === screen.passage.readings &&
      before.fault === screen.fault &&
      before.question === screen.question
    );
  }
  return before?.name === screen.name && ["enrolment", "override"].includes(screen.name);
}

/** Empties a screen: fields first, so that nothing keeps what stood in them. */
export function wipe(main: HTMLElement): void {
  for (const input of main.querySelectorAll("input")) if (input.type === "text") input.value = "";
  setContent(main);
}

/** Draws a screen again with what stood in its fields, as when the language changes. */
export function redraw(main: HTMLElement, elements: () => Node[]): void {
  const texts = new Map(
    [...main.querySelectorAll<HTMLInputElement>("[data-field]")].map((one) => [
      one.dataset.field,
      one.value,
    ]),
  );
  const choice = main.querySelector<HTMLInputElement>("[data-choice]:checked")?.value;
  const here = document.activeElement as HTMLElement | null;
  const inside = main.contains(here); // and not any more once its elements are replaced
  const { field, act } = (inside && here?.dataset) || {};
  setContent(main, ...elements());
  for (const input of main.querySelectorAll<HTMLInputElement>("[data-field]")) {
    input.value = texts.get(input.dataset.field) ?? input.value;
  }
  const radio = choice ? main.querySelector<HTMLInputElement>(`[data-choice=${choice}]`) : null;
  if (radio) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const again = field ? `[data-field="${field}"]` : act ? `[data-act="${act}"]` : "[data-focus]";
  if (inside || here === document.body) focusOn(main, again);
}

/** Moves the focus into a new screen: to the field that is typed into, else to its heading. */
export function focusOn(main: HTMLElement, selector = "[data-typing], [data-focus]"): void {
  const found =
    main.querySelector<HTMLElement>("[data-typing]") && selector.includes("data-typing")
      ? main.querySelector<HTMLElement>("[data-typing]")
      : main.querySelector<HTMLElement>(selector);
  (found ?? main).focus({ preventScroll: true });
}
