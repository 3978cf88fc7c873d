export type Reason =
  | "missing" | "unknown_type" | "too_long" | "empty" | "unsure" // of any field
  | "character" | "no_digit" | "too_short" | "looks_like_name" | "length" | "check_digit"
  // of a usable number that may not be the document's
  | "several_numbers" | "words" | "letter_for_digit"
  | "filler" | "looks_like_document" | "han_name_needed" | "latin_name_needed"
  | "too_many_names"
  // of a usable name that may not be whole
  | "brackets" | "digits" | "repetition" | "several" | "aside" | "surname_only" | "initials"
  | "single_word";

/** What may come of a kind of document that was found wrongly: then it can be chosen. */
export const OF_THE_KIND: Reason[] = [
  "length", "several_numbers", "words", "letter_for_digit", "han_name_needed", "latin_name_needed",
];

/** A text is no document number, or no name; thrown, but no Error, since nobody reads its stack. */
export class Unusable {
  /** character: the one that no document number holds, as itself or as U+0000. */
  constructor(readonly reason: Reason, readonly character?: string) {}
}
