// A one-time code becomes this tablet's own keys, which WebCrypto never gives out.
import { toBase64Url } from "./base64";
import { foldedLetters, isCrockford } from "./crockford";
import { type KioskServer, ServerFault } from "./server";
import type { Enrolment, PendingEnrolment } from "./store";
import type { EnrolmentFault } from "./terminal";

const CODE_LETTERS = 16;
const LINK = /^.*#enrol=/;
const FAULTS: Record<string, EnrolmentFault> = {
  unknown_code: "unknown_code", code_used: "code_used", organisation_disabled: "organisation_disabled",
};
const BY_STATUS: Record<number, EnrolmentFault> = {
  0: "offline", 404: "unknown_code", 409: "code_used", 422: "invalid_code", 429: "busy",
};

interface EnrolmentAnswer {
  kiosk: string;
  name: string;
  organisation: { id: string; title: string };
  server_at: number;
}

export interface Enrolled {
  enrolment: Enrolment;
  serverAt: number;
}

/** Returns the letters of a code, typed in any form or scanned as a link; null where it is none. */
export function enrolmentCode(text: string): string | null {
  const letters = foldedLetters(text.trim().replace(LINK, ""));
  return letters.length === CODE_LETTERS && isCrockford(letters) ? letters : null;
}

/** Returns fresh keys for a code; those of before where it is the same code. */
export async function keysForCode(
  code: string, before: PendingEnrolment | undefined,
): Promise<PendingEnrolment> {
  if (before?.code === code) return before;
  const signing = await keysFor("ECDSA", ["sign", "verify"]);
  return { code, signing, sealing: await keysFor("ECDH", ["deriveBits"]) };
}

/** Returns what the server says of the kiosk that has these keys, or why it was refused. */
export async function enrol(
  { code, signing, sealing }: PendingEnrolment, software: string, server: KioskServer,
): Promise<Enrolled | EnrolmentFault> {
  const keys = {
    signing_key: await pointOf(signing.publicKey), sealing_key: await pointOf(sealing.publicKey),
  };
  try {
    const answer = await server.post("enrolments", { code, ...keys, software }, null);
    const { kiosk: id, name, organisation, server_at } = answer as EnrolmentAnswer;
    return { enrolment: { id, name, organisation, signing, sealing }, serverAt: server_at };
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error;
    return FAULTS[error.code] ?? BY_STATUS[error.status] ?? "unavailable";
  }
}

async function keysFor(name: string, usages: KeyUsage[]): Promise<CryptoKeyPair> {
  const curve = { name, namedCurve: "P-256" };
  return crypto.subtle.generateKey(curve, false, usages) as Promise<CryptoKeyPair>;
}

async function pointOf(key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", key)));
}
