// The terminal of this page.
import { browserSurroundings } from "./browser_surroundings";
import { KioskTerminal } from "./kiosk_terminal";
import type { Terminal } from "./terminal";

/** Returns the terminal, not started yet. */
export function createTerminal(): Terminal {
  return new KioskTerminal(browserSurroundings());
}
