// From a scanned or typed text, or a person's details, to who stands there and what is known of them.
//
// Threat: a code of another door, an old one, one shown twice, a decision past its end. Limit: each is
// named, and none leads to come_in: what is not known is not_checked.
import { looksLikeBadge, readBadge } from "./badge";
import { fromBase64Url, toBase64Url } from "./base64";
import { newId } from "./checkin";
import type { Clock } from "./clock";
import { findDecision } from "./decision_table";
import { type Holdings, signerOf } from "./holdings";
import { paddedJson, seal, sealingKey, TooLong } from "./hpke";
import { type KioskServer, ServerFault } from "./server";
import type { Store } from "./store";
import type { ExposureWord, Person, Reason, Subject } from "./terminal";
import {
  CLOCK_TOLERANCE_MS, codeDigest, isFresh, looksLikeVisitorCode, openVisitorCode, VALID_MS,
} from "./visitor_code";

const CHECK_BYTES = 512;
export const CODE_MEMORY_MS = VALID_MS + 5 * CLOCK_TOLERANCE_MS; // 20 minutes
// as long as a table without exposures: the organisation may let its kiosks see them meanwhile
const SETTINGS_MS = 7 * 86_400_000;
const WORDS: unknown[] = ["come_in", "wait", "not_checked"];
const REASONS: readonly string[] = [
  "exposure", "incomplete", "no_index", "quota", "invalid_person", "busy",
];
const BY_STATUS: Record<number, Reason> = { 422: "invalid_person", 429: "busy", 503: "no_index" };

export interface Found {
  exposure: ExposureWord;
  reason: Reason | null;
}

export interface Sources {
  holdings: Holdings;
  store: Store;
  clock: Clock;
  server: KioskServer;
}

/** Returns who a text names. */
export async function identifyText(text: string, sources: Sources): Promise<Subject> {
  if (looksLikeVisitorCode(text)) return visitorOf(text, sources);
  return looksLikeBadge(text) ? badgeOf(text, sources) : unread("unreadable_code");
}

/** Returns what the server says of a person; without it, not_checked. */
export async function checkPerson(
  person: Person, code: string | null, sources: Sources,
): Promise<Subject> {
  return { kind: "visitor", person, code, ...(await exposureOf(person, sources)) };
}

async function badgeOf(text: string, { holdings, clock }: Sources): Promise<Subject> {
  const badge = await readBadge(text);
  if (!badge) return unread("unreadable_code");
  if (badge.organisation !== holdings.enrolment?.organisation.id) return unread("foreign_badge");
  const decision = holdings.table && (await findDecision(holdings.table, badge.secret));
  if (!decision) return unread("no_decision");
  const { roster, name } = decision;
  const found = foundIn(decision.word, decision.reason, decision.validUntil, holdings, clock);
  return { kind: "badge", roster, name, ...found };
}

function foundIn(
  word: ExposureWord, reason: Reason | null, validUntil: number, holdings: Holdings, clock: Clock,
): Found {
  if (!clock.isSure()) return { exposure: "not_checked", reason: "clock" };
  const end = Math.min(validUntil, holdings.table!.validUntil);
  if (clock.now() >= end) return { exposure: "not_checked", reason: "expired" };
  if (!holdings.sync) return { exposure: "not_checked", reason: "no_decision" };
  if (!holdings.sync.settings.exposure) return { exposure: "temperature_alone", reason: null };
  // of a table from before the kiosks saw exposures, when nobody was looked up
  if (word === "temperature_alone") return { exposure: "not_checked", reason: "expired" };
  return { exposure: word, reason };
}

async function visitorOf(text: string, sources: Sources): Promise<Subject> {
  const { holdings, store, clock } = sources;
  const organisation = holdings.enrolment?.organisation.id ?? "";
  const code = await openVisitorCode(text, organisation, holdings.doors);
  if (!code) return unread("unreadable_code");
  const digest = await codeDigest(text);
  if (await store.isUsed(digest, clock.now() - CODE_MEMORY_MS)) return unread("code_reused");
  if (!clock.isSure()) {
    const found: Found = { exposure: "not_checked", reason: "clock" };
    return { kind: "visitor", person: code.person, code: digest, ...found };
  }
  if (!isFresh(code, clock.now())) return unread("code_expired");
  return checkPerson(code.person, digest, sources);
}

async function exposureOf(person: Person, { holdings, clock, server }: Sources): Promise<Found> {
  const signer = signerOf(holdings);
  if (!holdings.sync || !signer) return { exposure: "not_checked", reason: "offline" };
  if (!holdings.sync.settings.exposure) {
    const isOld = clock.now() - holdings.sync.server_at > SETTINGS_MS;
    if (isOld) return { exposure: "not_checked", reason: "offline" };
    return { exposure: "temperature_alone", reason: null };
  }
  const id = newId();
  try {
    const key = await sealingKey(fromBase64Url(holdings.sync.checkin_key));
    const plain = paddedJson(person, CHECK_BYTES, CHECK_BYTES);
    const sealed = toBase64Url(await seal(key, "check", plain));
    return wordOf(await server.post("checks", { id, sealed }, signer), id);
  } catch (error) {
    return { exposure: "not_checked", reason: reasonOf(error) };
  }
}

function wordOf(answer: unknown, id: string): Found {
  const { id: of, word, reason } = answer as Record<string, unknown>;
  if (of !== id || !WORDS.includes(word)) return { exposure: "not_checked", reason: "offline" };
  const known = typeof reason === "string" && REASONS.includes(reason);
  return { exposure: word as ExposureWord, reason: known ? (reason as Reason) : null };
}

function reasonOf(error: unknown): Reason {
  if (error instanceof TooLong) return "invalid_person";
  if (!(error instanceof ServerFault)) throw error;
  if (REASONS.includes(error.code)) return error.code as Reason;
  return BY_STATUS[error.status] ?? "offline";
}

function unread(reason: Reason): Subject {
  return { kind: "unread", reason };
}
