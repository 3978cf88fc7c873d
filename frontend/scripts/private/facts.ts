// What the page says of itself and of the service: app/query/private/browser_config.py writes it.
import type { Expected } from "./check";
import type { DateWords } from "./dates";

export interface Words {
  modes: Record<string, string>;
  tiers: Record<string, string>;
  relations: Record<string, string>;
  id_types: Record<string, string>;
  faults: Record<string, string>; // "field reason" → words
  diseases: Record<string, string>; // name in a manifest → words
  between_diseases: string;
  another_carriage: string;
  extra_carriage: string; // with {number} in it
  another_authority: string;
  date: string;
  date_of_travel: string;
}

/** people_max: rows that one form may hold; builds: those whose data the page tells of already. */
export interface Facts extends Expected {
  language: string;
  dates: DateWords;
  authority: string;
  hotline: string;
  hotlines: Record<string, string>;
  people_max: number;
  builds: string[];
  proof_worker: string;
  words: Words;
}
