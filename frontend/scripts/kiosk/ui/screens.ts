// The screens of a kiosk and what can happen on them: types alone, no document and no core.
import type {
  Direction,
  EnrolmentFault,
  KioskSettings,
  NewCheckin,
  Person,
  Purpose,
  Reading,
  ReadingSource,
  Reason,
  Subject,
  Terminal,
  TerminalState,
  Word,
} from "../terminal";
import type { TemperatureFault } from "../temperature";

/** One person at the door, from the badge to the word. subject: null while it is looked up.
 *  symptoms: null until they were asked for. */
export interface Passage {
  key: number;
  purpose: Purpose;
  direction: Direction;
  subject: Subject | null;
  readings: Reading[];
  symptoms: string[] | null;
}

export type MeasuringAdvice = "measure" | "measure_again" | "warm_up";

/** Why a ready kiosk turned something down; badge_first: a temperature of nobody. */
export type ReadyNotice = Reason | "badge_first";

export interface ReadyScreen {
  name: "ready";
  notice: ReadyNotice | null;
}

export interface TemperatureScreen {
  name: "temperature";
  passage: Passage;
  advice: MeasuringAdvice;
  fault: TemperatureFault | null;
  /** A number that only the other unit explains, in °C: was it meant? */
  question: number | null;
}

export interface SymptomsScreen {
  name: "symptoms";
  passage: Passage;
  selection: string[];
}

/** The subject is looked up, or the check-in stored. */
export interface PendingScreen {
  name: "pending";
  passage: Passage;
  checkin: NewCheckin | null;
  undoes: string | null;
}

export interface WordScreen {
  name: "word";
  passage: Passage;
  word: Word;
  reasons: Reason[];
  /** The id of the check-in; null: it could not be stored. */
  checkin: string | null;
  override: boolean;
}

export interface OverrideScreen {
  name: "override";
  back: WordScreen;
  word: Word | null;
  fault: boolean;
}

export type Screen =
  | { name: "starting" | "unsupported" }
  | { name: "enrolment"; code: string; busy: boolean; fault: EnrolmentFault | null }
  | { name: "revoked" }
  | ReadyScreen
  | { name: "details" }
  | TemperatureScreen
  | SymptomsScreen
  | PendingScreen
  | WordScreen
  | OverrideScreen
  | { name: "thanks"; stored: boolean }
  | { name: "devices" };

/** A code that a camera still sees: a number made from it, and when it was last seen. */
export interface CodeMark {
  mark: number;
  at: number;
}

export interface UiState {
  screen: Screen;
  purpose: Purpose;
  direction: Direction;
  mark: CodeMark | null;
  passages: number;
}

export type Action =
  | { kind: "phase"; phase: TerminalState["phase"]; code: string }
  | { kind: "enrol"; code: string }
  | { kind: "enrolment_fault"; fault: EnrolmentFault }
  | { kind: "camera"; text: string }
  | { kind: "text"; text: string; source: "typed" | "wedge" }
  | { kind: "person"; person: Person }
  | { kind: "subject"; passage: number; subject: Subject }
  | { kind: "reading"; celsius: number; source: ReadingSource }
  | { kind: "unit"; meant: boolean }
  | { kind: "symptom"; symptom: string }
  | { kind: "symptoms"; none: boolean }
  | { kind: "stored"; passage: number; checkin: string | null }
  | { kind: "override_open" }
  | { kind: "override_word"; word: Word }
  | { kind: "override"; reason: string }
  | { kind: "open"; screen: "details" | "devices" }
  | { kind: "purpose"; purpose: Purpose }
  | { kind: "direction"; direction: Direction }
  | { kind: "back" | "next" | "undo" | "idle" };

/** What the page does for a change of screens. */
export type Effect =
  | { kind: "enrol"; code: string }
  | { kind: "identify"; passage: number; text: string }
  | { kind: "identify_person"; passage: number; person: Person }
  | { kind: "record"; passage: number; checkin: NewCheckin; undoes: string | null }
  | { kind: "undo"; checkin: string }
  | { kind: "sound"; sound: "read" | "refused" | Word };

/** What the screens know of the terminal; now: milliseconds since 1970. */
export interface Context {
  now: number;
  settings: KioskSettings;
  decide: Terminal["decide"];
}

export type Step = [UiState, Effect[]];
