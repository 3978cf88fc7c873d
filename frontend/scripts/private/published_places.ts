// From and to of published trips: the whole of them, asked for before anybody is checked and whatever
// comes out, so that no request tells who is listed. Whoever checks does not wait for them: what has
// not come by then is given up, and the answer names no places.
import { table } from "./json_table";

const ADDRESS = "/check/private/places";
const SLOW_MILLISECONDS = 5_000; // for one part of the page: then nothing more is loaded than is needed
const DAY_MILLISECONDS = 86_400_000;

/** Where a case got on and off, as published; both "" where that is not known. */
export interface Places {
  board: string;
  alight: string;
}

/** What some browsers say of the network; "slow-2g", "2g" or better. */
interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** By build, by day and mode ("2020-01-21 train"), by number: [from, to]. */
export type PlacesByBuild = Record<string, unknown>;

/** Returns the places of a trip; day: counted from 1970. */
export function placesOf(
  trip: { mode: string; trip: string; day: number },
  build: string,
  published: PlacesByBuild,
): Places {
  const day = new Date(trip.day * DAY_MILLISECONDS).toISOString().slice(0, 10);
  const found = table(table(published[build])[`${day} ${trip.mode}`])[trip.trip];
  const [board, alight] = Array.isArray(found) ? (found as string[]) : [];
  return board && alight ? { board, alight } : { board: "", alight: "" };
}

/** The places that this page asked for, once, in whatever language it is shown since. */
export class PublishedPlaces {
  byBuild: PlacesByBuild = {};
  private readonly patience = new AbortController();
  private begun = false;

  /** Begins to load them, behind everything else; not where the network is slow. */
  begin(): void {
    if (!this.begun && !networkIsSlow()) this.load().catch(() => undefined); // then there are none
    this.begun = true;
  }

  /** Nothing comes any more: somebody is being checked. */
  stop(): void {
    this.begun = true;
    this.patience.abort();
  }

  private async load(): Promise<void> {
    const { signal } = this.patience;
    const response = await fetch(ADDRESS, { credentials: "omit", priority: "low", signal });
    if (response.ok) this.byBuild = table(await response.json());
  }
}

function networkIsSlow(): boolean {
  const { saveData, effectiveType } = (navigator as { connection?: Connection }).connection || {};
  const parts = performance.getEntriesByType("resource");
  return (
    saveData || /2g/.test(effectiveType!) || parts.some((part) => part.duration > SLOW_MILLISECONDS)
  );
}
