// How much place the tablet has left, and whether its browser threw the store away.
import type { Surroundings } from "./surroundings";
import type { StorageState } from "./terminal";

const MEBIBYTE = 1024 * 1024; // some thousand check-ins
export const NEARLY_FULL_BYTES = 8 * MEBIBYTE;
export const FULL_BYTES = MEBIBYTE;

/** Returns how full the store is, as the browser estimates it. */
export async function storageState(surroundings: Surroundings): Promise<StorageState> {
  const room = await surroundings.room();
  if (!room) return "ok"; // it tells nothing: a write that fails will
  const free = room.quota - room.usage;
  if (free < FULL_BYTES) return "full";
  return free < NEARLY_FULL_BYTES ? "nearly_full" : "ok";
}

/** Marks that there is a store, with so many check-ins in it. */
export function markStore(surroundings: Surroundings, waiting: number): void {
  surroundings.writeMarker(JSON.stringify({ waiting }));
}

/** Returns how many check-ins waited in the store that the marker tells of; null without marker. */
export function markedWaiting(surroundings: Surroundings): number | null {
  const text = surroundings.readMarker();
  if (text === null) return null;
  try {
    const { waiting } = JSON.parse(text) as { waiting?: unknown };
    return typeof waiting === "number" ? waiting : 0;
  } catch {
    return 0;
  }
}
