// What a person typed, as the inputs of a check: exposure_index/identity/parsing.py in the browser.
import { concat, u16, utf8 } from "./bytes";
import { numberFault, readDocument } from "./document";
import { NO_NAMES, type ScriptNames, readNames } from "./name";
import { type Reason, Unusable } from "./unusable";

const ID_TYPES = ["resident", "passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other"];
const ANY_TYPE = "other";
const HAN_TYPES = ["resident"];
const LATIN_TYPES = ["passport", "foreign_pr"];
const MAX_FIELD_CHARACTERS = 200;
const NAMES_MAX = 2;
// What Python's isspace() takes for space; \s differs in a few.
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

export interface Typed {
  id_type: string;
  id_number: string;
  name: string;
  name_latin: string;
}

export type Field = keyof Typed;

/** Why a field cannot be used; character: the one that it may not hold, where that is why. */
export interface Fault {
  reason: Reason;
  character?: string;
}

export type Faults = Partial<Record<Field, Fault>>;

/** The inputs of the oblivious function, of some 20 to a few hundred bytes: the document alone, with
 *  the name, and with the other name where two were given. */
export interface Inputs {
  xd: Uint8Array;
  x0: Uint8Array;
  x1?: Uint8Array;
}

/** Returns the inputs for what was typed, or every faulty field. */
export function inputsOf(typed: Typed): { inputs: Inputs } | { faults: Faults } {
  const faults: Faults = {};
  let document = judged(faults, "id_number", () => documentTyped(typed.id_type, typed.id_number));
  if (!ID_TYPES.includes(typed.id_type)) {
    faults.id_type = { reason: BLANK.test(typed.id_type) ? "missing" : "unknown_type" };
    document = undefined;
  }
  const first = judged(faults, "name", () => namesTyped(typed.name));
  const second = judged(faults, "name_latin", () => namesTyped(typed.name_latin));
  if (first !== undefined && second !== undefined) {
    Object.assign(faults, nameFault(typed.id_type, [first, second]));
  }
  if (document === undefined || Object.keys(faults).length) return { faults };
  const [x0, x1] = distinct(first || NO_NAMES, second || NO_NAMES).map((name) =>
    concat([1], prefixed(document), prefixed(name)),
  );
  const xd = concat([2], prefixed(document));
  return { inputs: x1 ? { xd, x0: x0!, x1 } : { xd, x0: x0! } };
}

function judged<T>(faults: Faults, field: Field, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    const { reason, character } = error;
    faults[field] = character === undefined ? { reason } : { reason, character };
    return undefined;
  }
}

// Where the kind of document is missing, its number is judged as one of any kind.
function documentTyped(idType: string, idNumber: string): string {
  const kind = ID_TYPES.includes(idType) ? idType : ANY_TYPE;
  if (!fits(idNumber)) throw new Unusable("missing");
  const document = readDocument(idNumber, kind);
  const fault = numberFault(document, kind);
  if (fault) throw new Unusable(fault);
  return document;
}

function namesTyped(name: string): ScriptNames | null {
  return fits(name) ? readNames(name) : null;
}

/** Returns whether there is anything in a field. Throws Unusable where there is too much. */
function fits(text: string): boolean {
  if ([...text].length > MAX_FIELD_CHARACTERS) throw new Unusable("too_long");
  return !BLANK.test(text);
}

function nameFault(idType: string, names: (ScriptNames | null)[]): Faults {
  const read = names.filter((one): one is ScriptNames => one !== null);
  if (!read.length) return { name: { reason: "missing" } };
  if (HAN_TYPES.includes(idType) && !read.some((one) => one.han)) {
    return { name: { reason: "han_name_needed" } };
  }
  if (LATIN_TYPES.includes(idType) && !read.some((one) => one.latin)) {
    return { name_latin: { reason: "latin_name_needed" } };
  }
  if (distinct(names[0] || NO_NAMES, names[1] || NO_NAMES).length > NAMES_MAX) {
    return { name_latin: { reason: "too_many_names" } };
  }
  return {};
}

/** Returns every name once, Han first; of two of a kind that of its own field. */
function distinct(first: ScriptNames, second: ScriptNames): string[] {
  const likeliest = [first.han, second.latin, second.han, first.latin, first.other, second.other];
  const names = [...new Set(likeliest.filter(Boolean))];
  const order = [first.han, second.han, ...likeliest];
  return names.sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

function prefixed(text: string): Uint8Array {
  const bytes = utf8(text);
  return concat(u16(bytes.length), bytes);
}
