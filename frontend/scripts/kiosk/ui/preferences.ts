// What this tablet remembers of itself: language, sound, camera, speed of the thermometer's port.
// Nothing of anybody who stood before it.
import type { Facing } from "./camera";

const PLACE = "kiosk-preferences";

export interface Preferences {
  language: string | null;
  sound: boolean;
  facing: Facing;
  baud_rate: number;
}

const FIRST: Preferences = { language: null, sound: true, facing: "user", baud_rate: 9600 };

/** Returns what was chosen on this tablet, and what counts until somebody chooses. */
export function preferences(): Preferences {
  try {
    return {
      ...FIRST,
      ...(JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Preferences>),
    };
  } catch {
    return { ...FIRST }; // a browser that keeps nothing, or somebody else's words
  }
}

/** Keeps a choice; a browser that keeps nothing forgets it with the page. */
export function prefer(choice: Partial<Preferences>): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ ...preferences(), ...choice }));
  } catch {
    // as said
  }
}
