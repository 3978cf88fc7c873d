// For whoever minds the kiosk: camera, thermometer, sound, and what it is.
import { button, confirmButton, h } from "./dom";
import { BAUD_RATES, serialWorksHere } from "./thermometers/serial";
import { bluetoothWorksHere } from "./thermometers/bluetooth";
import { type View, heading, leave } from "./view";

/** What the devices' screen can set off; each is done in the page. */
export interface DeviceActions {
  sound: boolean;
  thermometer: "serial" | "bluetooth" | null;
  toggleSound(): void;
  turnCamera(): void;
  connectSerial(baudRate: number): void;
  connectBluetooth(): void;
  forget(): void;
}

export function devicesView(view: View, actions: DeviceActions): Node[] {
  const { say, terminal } = view;
  const rate = h(
    "select",
    { class: "kiosk-input", id: "baud" },
    ...BAUD_RATES.map((one) => h("option", { value: one }, String(one))),
  ) as HTMLSelectElement;
  const until = terminal.tableValidUntil;
  const time = until === null ? "–" : new Date(until).toLocaleString(view.language.tag);
  return [
    heading(say("devices")),
    h(
      "p",
      { class: "kiosk-text" },
      `${terminal.organisation?.title ?? ""} · ${terminal.kiosk?.name ?? ""}`,
    ),
    h("p", { class: "kiosk-text" }, say("devices_table", { time })),
    h(
      "div",
      { class: "kiosk-choices" },
      button(say(actions.sound ? "sound_off" : "sound_on"), "sound", () => actions.toggleSound()),
      button(say("camera_turn"), "camera", () => actions.turnCamera()),
      bluetoothWorksHere()
        ? button(say("thermometer_bluetooth"), "bluetooth", () => actions.connectBluetooth())
        : null,
    ),
    ...(serialWorksHere()
      ? [
          h(
            "div",
            { class: "kiosk-choices" },
            h(
              "div",
              { class: "kiosk-field" },
              h("label", { for: "baud", class: "kiosk-label" }, say("thermometer_rate")),
              rate,
            ),
            button(say("thermometer_serial"), "serial", () =>
              actions.connectSerial(Number(rate.value)),
            ),
          ),
        ]
      : []),
    h(
      "p",
      { class: "kiosk-text", role: "status" },
      say(`thermometer_is_${actions.thermometer ?? "typed"}`),
    ),
    h(
      "div",
      { class: "kiosk-actions" },
      leave(view, "done"),
      // what waits would be lost with the keys
      terminal.waiting
        ? null
        : confirmButton(
            say("forget"),
            say("forget_again"),
            "forget",
            () => actions.forget(),
            "kiosk-button--quiet",
          ),
    ),
  ];
}
