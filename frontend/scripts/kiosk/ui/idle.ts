// After how long a screen is wiped that nobody touches.
import type { KioskSettings } from "../terminal";
import type { UiState } from "./screens";

const INPUT_MS = 45_000;
const TYPING_MS = 90_000;
const NOTICE_MS = 6000;
const LOOKUP_MS = 15_000;

/** Returns milliseconds without a touch after which a screen is left; null: it stays. */
export function idleMilliseconds(state: UiState, settings: KioskSettings): number | null {
  switch (state.screen.name) {
    case "word":
    case "thanks":
      return settings.idle_seconds * 1000;
    case "temperature":
    case "symptoms":
      return INPUT_MS;
    case "details":
    case "override":
    case "devices":
      return TYPING_MS;
    case "pending":
      return LOOKUP_MS;
    case "ready":
      if (state.screen.notice) return NOTICE_MS;
      return state.purpose === "log" ? INPUT_MS : null;
    default:
      return null;
  }
}
