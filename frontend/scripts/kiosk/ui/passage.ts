// One person from the badge to the word: what is asked next, and what is recorded.
import { PLAUSIBLE_MIN_CELSIUS, isPlausible } from "../temperature";
import type { NewCheckin, Person, Reading, Reason, Subject } from "../terminal";
import type { Context, Passage, Step, UiState } from "./screens";

// Another code is at hand: what was read cannot lead to anybody, so nobody is measured for it.
const TRY_ANOTHER: Reason[] = ["unreadable_code", "code_expired", "code_reused"];

/** Begins the passage of whoever a code or their own details name. */
export function newPassage(state: UiState, who: { text: string } | { person: Person }): Step {
  const key = state.passages + 1;
  const passage: Passage = {
    key,
    purpose: state.purpose,
    direction: state.direction,
    subject: null,
    readings: [],
    symptoms: null,
  };
  const next: UiState = {
    ...state,
    passages: key,
    screen: { name: "temperature", passage, advice: "measure", fault: null, question: null },
  };
  return "text" in who
    ? [
        next,
        [
          { kind: "identify", passage: key, text: who.text },
          { kind: "sound", sound: "read" },
        ],
      ]
    : [next, [{ kind: "identify_person", passage: key, person: who.person }]];
}

/** Takes in who it is; of a passage that is over nothing is kept. */
export function withSubject(state: UiState, key: number, subject: Subject, context: Context): Step {
  const { screen } = state;
  if (!("passage" in screen) || screen.passage.key !== key || screen.passage.subject)
    return [state, []];
  const passage = { ...screen.passage, subject };
  if (
    subject.kind === "unread" &&
    (passage.purpose === "log" || TRY_ANOTHER.includes(subject.reason))
  ) {
    return [
      { ...state, screen: { name: "ready", notice: subject.reason } },
      [{ kind: "sound", sound: "refused" }],
    ];
  }
  if (screen.name === "pending") return proceed(state, passage, context);
  return [{ ...state, screen: { ...screen, passage } as UiState["screen"] }, []];
}

/** Takes in one temperature, wherever it was measured. */
export function withReading(
  state: UiState,
  read: Pick<Reading, "celsius" | "source">,
  context: Context,
): Step {
  const { screen } = state;
  if (screen.name === "ready") {
    return [
      { ...state, screen: { name: "ready", notice: "badge_first" } },
      [{ kind: "sound", sound: "refused" }],
    ];
  }
  if (screen.name !== "temperature") return [state, []];
  if (!isPlausible(read.celsius)) {
    const fault = read.celsius < PLAUSIBLE_MIN_CELSIUS ? "too_low" : "too_high";
    return [
      { ...state, screen: { ...screen, fault, question: null } },
      [{ kind: "sound", sound: "refused" }],
    ];
  }
  const { passage } = screen;
  const readings = [...passage.readings, { ...read, at: context.now }];
  return proceed(state, { ...passage, readings }, context);
}

/** Asks for what is missing: who it is, another measurement, symptoms; else records the word. */
export function proceed(state: UiState, passage: Passage, context: Context): Step {
  const { subject } = passage;
  if (!subject)
    return [{ ...state, screen: { name: "pending", passage, checkin: null, undoes: null } }, []];
  const decision = context.decide(subject, passage.readings, passage.symptoms ?? []);
  if (decision.kind === "measurement") {
    const { advice } = decision;
    const screen = { name: "temperature", passage, advice, fault: null, question: null } as const;
    return [
      { ...state, screen },
      advice === "measure" ? [] : [{ kind: "sound", sound: "refused" }],
    ];
  }
  if (!passage.symptoms && asksForSymptoms(passage, context)) {
    return [{ ...state, screen: { name: "symptoms", passage, selection: [] } }, []];
  }
  const { word, reasons } = decision;
  return recording(state, passage, { word, reasons, override: null }, null);
}

/** Daily reports ask for symptoms; at the door only where the organisation takes the time. */
function asksForSymptoms({ purpose }: Passage, { settings }: Context): boolean {
  return settings.symptoms.length > 0 && (purpose === "log" || settings.symptoms_at_entry);
}

/** Stores a check-in, whose word is shown once it is stored; undoes: the one that it replaces. */
export function recording(
  state: UiState,
  passage: Passage,
  decision: Pick<NewCheckin, "word" | "reasons" | "override">,
  undoes: string | null,
): Step {
  const { purpose, direction, readings, key } = passage;
  const subject = passage.subject!;
  const symptoms = passage.symptoms ?? [];
  const checkin: NewCheckin = { purpose, direction, subject, readings, symptoms, ...decision };
  const screen = { name: "pending", passage, checkin, undoes } as const;
  return [{ ...state, screen }, [{ kind: "record", passage: key, checkin, undoes }]];
}

/** Shows the word of what was stored. What could not be stored lets nobody in. */
export function storedScreen(state: UiState, key: number, id: string | null): Step {
  const { screen } = state;
  if (screen.name !== "pending" || !screen.checkin || screen.passage.key !== key)
    return [state, []];
  const { passage, checkin } = screen;
  if (passage.purpose === "log") {
    return [
      { ...state, screen: { name: "thanks", stored: id !== null } },
      [{ kind: "sound", sound: "read" }],
    ];
  }
  const decided = checkin.override?.word ?? checkin.word;
  const word = id === null && decided === "come_in" ? "not_checked" : decided;
  const override = checkin.override !== null;
  return [
    {
      ...state,
      screen: { name: "word", passage, word, reasons: checkin.reasons, checkin: id, override },
    },
    [{ kind: "sound", sound: word }],
  ];
}
