// What the page says of itself and of the service: app/query/private/browser_config.py writes it.
import type { Expected } from "./check";
import type { DateWords } from "./dates";
import type { PlacesByBuild } from "./published_places";
import type { Pictures } from "./zone_pictures";

export interface Words {
  modes: Record<string, string>;
  tiers: Record<string, string>;
  relations: Record<string, string>;
  neighbouring: Record<string, string>; // mark of a drawing → how near a neighbour sat
  id_types: Record<string, string>;
  faults: Record<string, string>; // "field reason" → words
  diseases: Record<string, string>; // name in a manifest → words
  between_diseases: string;
  carriage: string; // with {number} in it, as the next one and cabin
  extra_carriage: string;
  another_carriage: string;
  cabin: string;
  another_cabin: string;
  another_authority: string;
}

/** people_max: rows that one form may hold; builds: those whose data the page tells of already;
 *  places: of published trips, none where they did not come in time. */
export interface Facts extends Expected {
  language: string;
  dates: DateWords;
  authority: string;
  hotline: string;
  hotlines: Record<string, string>;
  people_max: number;
  builds: string[];
  proof_worker: string;
  places: PlacesByBuild;
  pictures: Pictures;
  words: Words;
}
