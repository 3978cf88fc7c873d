// The form for a correction, filled in with what the answer was asked of and the trips that it tells.
// The empty form is fetched, the same for everybody; nothing is sent before somebody sends it.
import { fillFields } from "../parts/kept_fields";
import { sendOnce } from "../parts/send_once";
import type { Answer } from "./answer";
import { dayWords } from "./dates";
import { findIdType } from "./document_kind";
import type { Facts } from "./facts";
import type { Typed } from "./identity";

const TRIP_MAX_CHARACTERS = 100;
const BETWEEN_TRIPS = "; ";

/** Returns as many trips of an answer as the form's line holds, the first ones. */
export function tripsInOneLine(answer: Answer, facts: Pick<Facts, "words" | "dates">): string {
  const trips = answer.exposures.map((trip) =>
    [facts.words.modes[trip.mode], trip.trip, dayWords(trip.day, facts.dates)].join(" "),
  );
  while (trips.length > 1 && trips.join(BETWEEN_TRIPS).length > TRIP_MAX_CHARACTERS) trips.pop();
  return trips.join(BETWEEN_TRIPS).slice(0, TRIP_MAX_CHARACTERS);
}

/** Returns title and content of the form's page; opens the page, and returns null, where it is none. */
export async function correctionPage(
  address: string,
  typed: Typed,
  trip: string,
): Promise<{ title: string; content: Node[] } | null> {
  let text: string;
  try {
    text = await (await fetch(address, { credentials: "same-origin" })).text();
  } catch {
    return null; // no network: the answer stays
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const form = page.querySelector<HTMLFormElement>("#correction-form");
  if (!form) {
    location.assign(address);
    return null;
  }
  const main = document.importNode(page.querySelector("main")!, true);
  const filled = main.querySelector<HTMLFormElement>("#correction-form")!;
  const kind = typed.id_type === findIdType(typed.id_number) ? "" : typed.id_type;
  fillFields(filled, [...Object.entries({ ...typed, id_type: kind, trip })]);
  sendOnce(filled);
  return { title: page.title, content: Array.from(main.childNodes) };
}
