// What the strip on top says: each in one line, with what to do.
import type { TerminalState } from "../terminal";

export type CameraFault = "denied" | "missing" | "failed" | "insecure";

/** What this tablet's devices do; null: it works, or nobody wants it. */
export interface Devices {
  camera: CameraFault | null;
  thermometer: "lost" | null;
}

/** Words by name, with their values; urgent: nobody can be checked, or something is lost. */
export interface Notice {
  name: string;
  values: Record<string, number>;
  urgent: boolean;
}

const BATTERY_LOW_PERCENT = 20;
const SENDING_MIN = 5; // fewer are gone before anybody reads of them

/** Returns what whoever minds the kiosk must know, the most urgent first. */
export function notices(terminal: TerminalState, devices: Devices, now: number): Notice[] {
  const found: Notice[] = [];
  const say = (name: string, urgent = false, values: Record<string, number> = {}) =>
    found.push({ name, values, urgent });
  const { storage, battery, waiting, refused, tableValidUntil } = terminal;
  if (terminal.phase === "enrolled") {
    if (terminal.disabled) say("notice_disabled", true);
    if (terminal.clock === "unsure") say("notice_clock", true);
    if (tableValidUntil !== null && tableValidUntil <= now) say("notice_table_old", true);
    else if (tableValidUntil === null && !terminal.online) say("notice_no_table", true);
  }
  if (storage !== "ok")
    say(`notice_storage_${storage}`, storage !== "nearly_full", { number: terminal.lost });
  if (refused) say("notice_refused", false, { number: refused });
  if (terminal.kiosk) {
    if (!terminal.online) say("notice_offline", false, { number: waiting });
    else if (waiting >= SENDING_MIN) say("notice_sending", false, { number: waiting });
  }
  if (battery && !battery.charging && battery.percent <= BATTERY_LOW_PERCENT) {
    say("notice_battery", false, { number: battery.percent });
  }
  if (devices.camera) say(`notice_camera_${devices.camera}`);
  if (devices.thermometer) say(`notice_thermometer_${devices.thermometer}`);
  return found.sort((one, other) => Number(other.urgent) - Number(one.urgent));
}
