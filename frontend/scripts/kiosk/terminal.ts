// What the kiosk's pages call, and what they are given: the core knows no document and no screen.
import type { Typed } from "../private/identity";

/** What the kiosk says. not_checked is never come_in: a guard decides, with a reason. */
export type Word = "come_in" | "wait" | "not_checked";

/** What is known of exposure; temperature_alone: this kiosk may not see it. */
export type ExposureWord = Word | "temperature_alone";

/** docs/kiosk-protocol.md names each. A screen shows those of not_checked only, never exposure's. */
export type Reason =
  | "exposure" | "fever" | "symptoms" | "cold" | "no_decision" | "expired" | "foreign_badge"
  | "unreadable_code" | "code_expired" | "code_reused" | "offline" | "clock" | "quota"
  | "incomplete" | "no_index" | "invalid_person" | "busy";

/** Why an enrolment failed; enrolled: this tablet is a kiosk already, forget() comes first;
 *  unavailable: the server answered with a fault of its own; storage: this browser keeps no keys. */
export type EnrolmentFault =
  | "unknown_code" | "code_used" | "invalid_code" | "enrolled" | "organisation_disabled" | "busy"
  | "offline"
  | "unavailable" | "storage";

/** Document and names as a person gave them. */
export type Person = Typed;

/** Who stands at the door. A person stays in memory, and goes when the screen is wiped. code: the
 *  digest of the visitor's code, which record() uses up; null where the person typed here. */
export type Subject =
  | { kind: "badge"; roster: string; name: string; exposure: ExposureWord; reason: Reason | null }
  | {
      kind: "visitor"; person: Person; exposure: ExposureWord; reason: Reason | null;
      code: string | null;
    }
  | { kind: "unread"; reason: Reason };

export type Direction = "in" | "out";
export type Purpose = "entry" | "log";
export type Unit = "C" | "F";
export type ReadingSource = "typed" | "wedge" | "serial" | "bluetooth";

/** One temperature; at: milliseconds since 1970 by the terminal's clock (Terminal.now). */
export interface Reading {
  celsius: number;
  source: ReadingSource;
  at: number;
}

/** What comes next: a measurement (measure: the first; measure_again: a fever is confirmed before
 *  anybody is refused; warm_up: below the low bound, wait a few minutes indoors), or the word. */
export type Decision =
  | { kind: "measurement"; advice: "measure" | "measure_again" | "warm_up" }
  | { kind: "word"; word: Word; reasons: Reason[] };

/** An organisation's settings, as sync gives them. */
export interface KioskSettings {
  exposure: boolean;
  fever_celsius: number;
  low_celsius: number;
  unit: Unit;
  second_reading: boolean;
  symptoms: string[];
  symptoms_at_entry: boolean;
  idle_seconds: number;
  direction: "in" | "both";
  retention_days: number;
  sound: boolean;
}

/** What is kept of one passage; reason of the override: 1 to 200 characters. */
export interface NewCheckin {
  direction: Direction;
  purpose: Purpose;
  subject: Subject;
  readings: Reading[];
  symptoms: string[];
  word: Word;
  reasons: Reason[];
  override: { word: Word; reason: string } | null;
}

/** ok; nearly_full: some hundred check-ins more; full: record() may refuse; evicted: the browser threw
 *  the store away, with what waited in it; unavailable: this browser keeps nothing. */
export type StorageState = "ok" | "nearly_full" | "full" | "evicted" | "unavailable";

/** starting: enrolled, but the server's first answer is to come; percent: 0 to 100; tableValidUntil: milliseconds since 1970; lost: how many check-ins waited in a
 *  store that the browser threw away. unsupported: the page came without TLS, or the browser is old. */
export interface TerminalState {
  phase: "starting" | "unsupported" | "not_enrolled" | "enrolled" | "revoked";
  kiosk: { id: string; name: string } | null;
  organisation: { id: string; title: string } | null;
  disabled: boolean; // the authority closed the organisation
  settings: KioskSettings;
  online: boolean; // the last call of the server was answered
  waiting: number;
  refused: number;
  storage: StorageState;
  lost: number;
  clock: "sure" | "unsure";
  tableValidUntil: number | null;
  doorUrl: string | null;
  battery: { percent: number; charging: boolean } | null;
}

/** The kiosk behind its screens. */
export interface Terminal {
  state(): TerminalState;
  /** Calls the listener at each change; the answer ends that. */
  subscribe(listener: (state: TerminalState) => void): () => void;
  /** Returns the time by the server's clock, as well as this tablet knows it. */
  now(): number;
  /** Opens the store, goes on where the last page ended, and sends what waits. */
  start(): Promise<void>;
  enrol(code: string): Promise<"ok" | EnrolmentFault>;
  /** Reads a badge or a visitor's code, as scanned or keyed. */
  identify(text: string): Promise<Subject>;
  /** Asks about a person who gave their details here; the server answers, or nobody does. */
  identifyPerson(person: Person): Promise<Subject>;
  decide(subject: Subject, readings: Reading[], symptoms: string[]): Decision;
  /** Seals and stores a check-in, then sends it. Returns its id. Throws StorageFull. */
  record(checkin: NewCheckin): Promise<string>;
  /** Records that a check-in of this page was a mistake. shown: the check-in, where a screen still
   *  shows it: after a minute nobody else remembers it. */
  undo(id: string, shown?: NewCheckin): Promise<void>;
  /** Wipes keys, table and queue: nothing of this kiosk stays on the tablet. */
  forget(): Promise<void>;
}

/** Nothing was stored: the tablet has no place left. */
export class StorageFull extends Error {}
