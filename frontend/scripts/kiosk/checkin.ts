// A check-in, sealed to the organisation at the moment of entry.
import { toHex } from "../private/bytes";
import { fromBase64Url } from "./base64";
import { paddedJson, seal, sealingKey } from "./hpke";
import type { NewCheckin, Reading, Subject } from "./terminal";

// twice what the protocol asks for: most check-ins fit into 512, but not those of visitors with symptoms
const MULTIPLE_BYTES = 1024;
const ID_BYTES = 16;
const VERSION = 1;
const READINGS_MAX = 8;
const REASON_CHARACTERS_MAX = 200;

/** What the terminal adds to a check-in; madeAt: milliseconds since 1970; undoes: the id of a
 *  check-in that was a mistake. */
export interface CheckinFacts {
  id: string;
  sequence: number;
  madeAt: number;
  clockIsSure: boolean;
  table: string | null;
  undoes: string | null;
}

/** Returns 16 random bytes in hex. */
export function newId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
}

/** Returns the check-in sealed to the organisation's key, given in base64url. */
export async function sealCheckin(
  checkin: NewCheckin, facts: CheckinFacts, checkinKey: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await sealingKey(fromBase64Url(checkinKey));
  return seal(key, "checkin", paddedJson(contentOf(checkin, facts), MULTIPLE_BYTES));
}

/** Returns the plaintext of a check-in, as docs/kiosk-protocol.md has it. */
export function contentOf(checkin: NewCheckin, facts: CheckinFacts): Record<string, unknown> {
  const { direction, purpose, symptoms, word, reasons, override } = checkin;
  return {
    v: VERSION,
    id: facts.id,
    sequence: facts.sequence,
    made_at: facts.madeAt,
    clock: facts.clockIsSure ? "sure" : "unsure",
    direction,
    purpose,
    who: whoOf(checkin.subject),
    temperatures: checkin.readings.slice(-READINGS_MAX).map(temperatureOf),
    symptoms,
    word,
    reasons,
    override: override && { word: override.word, reason: cut(override.reason) },
    table: facts.table,
    undoes: facts.undoes,
  };
}

function temperatureOf({ celsius, source, at }: Reading): Reading {
  return { celsius, source, at: Math.round(at) };
}

function cut(text: string): string {
  return [...text].slice(0, REASON_CHARACTERS_MAX).join("");
}

function whoOf(subject: Subject): Record<string, unknown> {
  if (subject.kind === "badge") return { badge: subject.roster };
  if (subject.kind === "unread") return { nobody: true };
  const { id_type, id_number, name, name_latin } = subject.person;
  return { visitor: { id_type, id_number, name, name_latin } };
}
