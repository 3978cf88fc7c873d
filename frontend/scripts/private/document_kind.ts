// The kind of a document, found from its number: exposure_index/identity/document_kinds.py.
import { lettersAndDigits } from "./document";
import { kindOfForm } from "../parts/document_forms";
import { Unusable } from "./unusable";

const ANY_TYPE = "other";

/** Returns the kind that a number has by its form; "" where somebody must choose. */
export function findIdType(idNumber: string): string {
  try {
    return kindOfForm(lettersAndDigits(idNumber));
  } catch (error) {
    if (error instanceof Unusable) return ANY_TYPE;
    throw error;
  }
}
