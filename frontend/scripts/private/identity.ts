// What a person typed, as the two inputs of a check; the faults are those of field_faults().
import { concat, u16, utf8 } from "./bytes";
import { CharacterUnsure, canonicalDocument, canonicalName, residentNumberFault } from "./canonical";

const ID_TYPES = ["resident", "passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other"];
const ANY_TYPE = "other";
const MAX_FIELD_CHARACTERS = 200;
// What Python's isspace() takes for space; \s differs in a few.
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

export interface Typed {
  id_type: string;
  id_number: string;
  name: string;
  name_latin?: string;
}

export type Field = keyof Typed;
export type Reason =
  | "missing" | "unknown_type" | "too_long" | "empty" | "length" | "check_digit" | "unsure";
export type Faults = Partial<Record<Field, Reason>>;

/** The inputs of the oblivious function, of some 20 to a few hundred bytes: the document alone, with
 *  the name, and with the other name where two were given. */
export interface Inputs {
  xd: Uint8Array;
  x0: Uint8Array;
  x1?: Uint8Array;
}

class Fault extends Error {
  constructor(readonly field: Field, readonly reason: Reason) {
    super(`${field}: ${reason}`);
  }
}

/** Returns the document and the name alone (xd) and together (x0), or every faulty field. */
export function inputsOf(typed: Typed): { inputs: Inputs } | { faults: Faults } {
  const faults: Faults = {};
  const document = judged(faults, () => documentTyped(typed.id_type, typed.id_number));
  if (faults.id_type) judged(faults, () => documentTyped(ANY_TYPE, typed.id_number));
  const name = judged(faults, () => nameTyped(typed.name));
  if (document === null || name === null) return { faults };
  return {
    inputs: {
      xd: concat([2], prefixed(document)),
      x0: concat([1], prefixed(document), prefixed(name)),
    },
  };
}

function judged(faults: Faults, canonical: () => string): string | null {
  try {
    return canonical();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    faults[error.field] = error.reason;
    return null;
  }
}

function documentTyped(idType: string, idNumber: string): string {
  if (!ID_TYPES.includes(idType)) {
    throw new Fault("id_type", BLANK.test(idType) ? "missing" : "unknown_type");
  }
  const document = canonical("id_number", idNumber, canonicalDocument);
  const fault = idType === "resident" ? residentNumberFault(document) : null;
  if (fault) throw new Fault("id_number", fault);
  return document;
}

function nameTyped(name: string): string {
  return canonical("name", name, canonicalName);
}

function canonical(field: Field, text: string, form: (text: string) => string): string {
  if ([...text].length > MAX_FIELD_CHARACTERS) throw new Fault(field, "too_long");
  if (BLANK.test(text)) throw new Fault(field, "missing");
  let result: string;
  try {
    result = form(text);
  } catch (error) {
    if (error instanceof CharacterUnsure) throw new Fault(field, "unsure");
    throw error;
  }
  if (!result) throw new Fault(field, "empty");
  return result;
}

function prefixed(text: string): Uint8Array {
  const bytes = utf8(text);
  return concat(u16(bytes.length), bytes);
}
