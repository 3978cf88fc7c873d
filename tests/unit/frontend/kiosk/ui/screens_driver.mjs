// Plays actions on the screens one after the other, and what thermometers and keys send.
import { decide } from "../../../../../frontend/scripts/kiosk/decision";
import { idleMilliseconds } from "../../../../../frontend/scripts/kiosk/ui/idle";
import { FIRST, reduce } from "../../../../../frontend/scripts/kiosk/ui/reduce";
import { openSerial } from "../../../../../frontend/scripts/kiosk/ui/thermometers/serial";
import {
  celsiusOfMeasurement,
  openBluetooth,
} from "../../../../../frontend/scripts/kiosk/ui/thermometers/bluetooth";
import { WedgeText } from "../../../../../frontend/scripts/kiosk/ui/wedge";

/** Returns screens and effects after each action; an action's `at` is the time, in milliseconds. */
export function play(settings, actions) {
  let ui = FIRST;
  let now = 0;
  return actions.map(({ at, ...action }) => {
    now = at ?? now;
    const context = { now, settings, decide: (...all) => decide(...all, settings) };
    const [next, effects] = reduce(ui, action, context);
    ui = next;
    return { screen: ui.screen, effects, ui, idle: idleMilliseconds(ui, settings) };
  });
}

/** Returns what a wedge typed: keys are [key, time, code]. */
export function typedBy(keys) {
  const texts = [];
  const wedge = new WedgeText((text, source) => texts.push([text, source]));
  const swallowed = keys.map(([key, timeStamp, code = ""]) =>
    wedge.key({ key, code, timeStamp, shiftKey: /^[A-Z:]$/.test(key) }),
  );
  return { texts, swallowed };
}

/** Returns what a thermometer at a serial port measured, of a recording cut into pieces. */
export async function measuredBySerial(pieces) {
  const seen = [];
  const readable = new ReadableStream({
    start(stream) {
      pieces.forEach((piece) => stream.enqueue(new TextEncoder().encode(piece)));
      stream.close();
    },
  });
  const lost = new Promise((resolve) => {
    const listener = { measured: (one) => seen.push(one), lost: () => resolve("lost") };
    void openSerial({ readable, open: async () => {}, close: async () => {} }, 9600, listener);
  });
  return [...(await lost, seen), await lost];
}

/** Returns what a recorded Bluetooth thermometer measured, notification by notification. */
export async function measuredByBluetooth(values) {
  const seen = [];
  const characteristic = new EventTarget();
  characteristic.startNotifications = async () => {};
  const device = new EventTarget();
  const service = { getCharacteristic: async () => characteristic };
  device.gatt = {
    connect: async () => ({ getPrimaryService: async () => service }),
    disconnect() {},
  };
  await openBluetooth(device, { measured: (one) => seen.push(one), lost: () => seen.push("lost") });
  for (const value of values) {
    characteristic.value = new DataView(value.buffer, value.byteOffset, value.byteLength);
    characteristic.dispatchEvent(new Event("characteristicvaluechanged"));
  }
  device.dispatchEvent(new Event("gattserverdisconnected"));
  return seen;
}

export const celsiusOfBytes = (bytes) =>
  celsiusOfMeasurement(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
