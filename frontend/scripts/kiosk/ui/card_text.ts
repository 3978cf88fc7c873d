// What a reader of identity cards types: number and name, in either order, apart by tabs or commas.
import { inputsOf } from "../../private/identity";
import type { Person } from "../terminal";

const RESIDENT = /^\d{17}[\dXx]$|^\d{15}$/;
const HAN_NAME = /^\p{Script=Han}[\p{Script=Han}·•]{0,29}$/u;

/** Returns the person whose resident identity card was read, or null. */
export function personOfCard(text: string): Person | null {
  const parts = text
    .split(/[\t,;|，；\s]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  const id_number = parts.find((part) => RESIDENT.test(part));
  const name = parts.find(
    (part) => HAN_NAME.test(part) && part.length > 1 && !OTHER_FIELDS.test(part),
  );
  if (!id_number || !name) return null;
  const person = { id_type: "resident", id_number, name, name_latin: "" };
  return "inputs" in inputsOf(person) ? person : null;
}

// sex and nation, which such readers type as well
const OTHER_FIELDS = /^(?:男性?|女性?|.{1,6}族|居民身份证)$/;
