// From one screen to the next: pure, so that every path can be tested without a page.
import { readTemperature } from "../temperature";
import type { Subject } from "../terminal";
import { newPassage, proceed, storedScreen, withReading, withSubject } from "./passage";
import { confirmOverride, overrideScreen } from "./override";
import type { Action, Context, Screen, Step, UiState } from "./screens";
import { codeOfAddress, isSameCode, looksLikeCode, looksLikeNumber, markOf } from "./codes";

/** The first state, before the core has opened its store. */
export const FIRST: UiState = {
  screen: { name: "starting" },
  purpose: "entry",
  direction: "in",
  mark: null,
  passages: 0,
};

/** Returns the state after an action, and what the page must do for it. An action that its screen
 *  does not know changes nothing: it came too late. */
export function reduce(state: UiState, action: Action, context: Context): Step {
  const { screen } = state;
  switch (action.kind) {
    case "phase":
      return [atPhase(state, action.phase, action.code), []];
    case "enrol":
      return enrol(state, action.code);
    case "enrolment_fault":
      if (screen.name !== "enrolment") return [state, []];
      return [{ ...state, screen: { ...screen, busy: false, fault: action.fault } }, []];
    case "camera":
      return seeCode(state, action.text, context);
    case "text":
      return takeText(state, action, context);
    case "person":
      return newPassage(state, { person: action.person });
    case "subject":
      return withSubject(state, action.passage, action.subject, context);
    case "reading":
      return withReading(state, { celsius: action.celsius, source: action.source }, context);
    case "unit":
      if (screen.name !== "temperature" || screen.question === null) return [state, []];
      return action.meant
        ? withReading(state, { celsius: screen.question, source: "typed" }, context)
        : [{ ...state, screen: { ...screen, question: null } }, []];
    case "symptom":
    case "symptoms":
      return withSymptoms(state, action, context);
    case "stored":
      return storedScreen(state, action.passage, action.checkin);
    case "override_open":
    case "override_word":
      return [overrideScreen(state, action), []];
    case "override":
      return confirmOverride(state, action.reason);
    case "open":
      if (screen.name !== "ready") return [state, []];
      return [{ ...state, screen: { name: action.screen } }, []];
    case "purpose":
      return screen.name === "ready"
        ? [ready({ ...state, purpose: action.purpose }), []]
        : [state, []];
    case "direction":
      return screen.name === "ready"
        ? [{ ...state, direction: action.direction }, []]
        : [state, []];
    case "undo":
      return startAgain(state);
    case "idle":
      return idle(state, context);
    case "back":
    case "next":
      return [leaveScreen(state), []];
  }
}

/** Returns the kiosk as the next person finds it. */
export function ready(
  state: UiState,
  notice: Extract<Screen, { name: "ready" }>["notice"] = null,
): UiState {
  return { ...state, screen: { name: "ready", notice } };
}

function atPhase(state: UiState, phase: string, code: string): UiState {
  const { name } = state.screen;
  if (phase === "revoked" || phase === "unsupported") {
    return name === phase ? state : { ...state, screen: { name: phase } };
  }
  if (phase === "not_enrolled") {
    if (name === "enrolment") return state;
    return { ...state, screen: { name: "enrolment", code, busy: false, fault: null } };
  }
  if (phase === "enrolled" && ["starting", "enrolment", "revoked"].includes(name))
    return ready(state);
  return state;
}

function enrol(state: UiState, code: string): Step {
  const { screen } = state;
  if (screen.name !== "enrolment" || screen.busy) return [state, []];
  return [
    { ...state, screen: { ...screen, code, busy: true, fault: null } },
    [{ kind: "enrol", code }],
  ];
}

// A camera sees a badge for as long as it is held up, and the next one while somebody measures.
function seeCode(state: UiState, text: string, context: Context): Step {
  const { name } = state.screen;
  const again = isSameCode(state.mark, text, context.now);
  const next = { ...state, mark: { mark: markOf(text), at: context.now } };
  if (name === "enrolment" && !again) {
    const code = codeOfAddress(text);
    return code === null ? [state, []] : enrol(next, code); // and not again while it is held up
  }
  if (again || !["ready", "word", "thanks"].includes(name)) return [again ? next : state, []];
  return newPassage(next, { text });
}

// A wedge types wherever the page is: its code begins the next passage, except of who is here.
function takeText(
  state: UiState,
  { text, source }: { text: string; source: "typed" | "wedge" },
  context: Context,
): Step {
  const { screen } = state;
  if (looksLikeCode(text)) {
    if (!["ready", "temperature", "symptoms", "word", "thanks"].includes(screen.name))
      return [state, []];
    const here = screen.name !== "ready" && isSameCode(state.mark, text, context.now);
    const next = { ...state, mark: { mark: markOf(text), at: context.now } };
    return here ? [next, []] : newPassage(next, { text });
  }
  if (screen.name === "ready") {
    if (looksLikeNumber(text))
      return [ready(state, "badge_first"), [{ kind: "sound", sound: "refused" }]];
    return newPassage(state, { text });
  }
  if (screen.name !== "temperature") return [state, []];
  const read = readTemperature(text, context.settings.unit);
  if (read.kind === "reading")
    return withReading(state, { celsius: read.celsius, source }, context);
  const wrong =
    read.kind === "question"
      ? { ...screen, question: read.celsius, fault: null }
      : { ...screen, question: null, fault: read.reason };
  return [{ ...state, screen: wrong }, [{ kind: "sound", sound: "refused" }]];
}

function withSymptoms(
  state: UiState,
  action: Extract<Action, { kind: "symptom" | "symptoms" }>,
  context: Context,
): Step {
  const { screen } = state;
  if (screen.name !== "symptoms") return [state, []];
  if (action.kind === "symptom") {
    const chosen = screen.selection.includes(action.symptom);
    const selection = chosen
      ? screen.selection.filter((one) => one !== action.symptom)
      : [...screen.selection, action.symptom];
    return [{ ...state, screen: { ...screen, selection } }, []];
  }
  if (!action.none && !screen.selection.length) return [state, []];
  const symptoms = action.none ? [] : screen.selection;
  return proceed(state, { ...screen.passage, symptoms }, context);
}

// "Start again" keeps who it is: a visitor's code is read once only.
function startAgain(state: UiState): Step {
  const { screen } = state;
  if (screen.name !== "word" || screen.checkin === null) return [state, []];
  const passage = { ...screen.passage, readings: [], symptoms: null };
  return [
    {
      ...state,
      screen: { name: "temperature", passage, advice: "measure", fault: null, question: null },
    },
    [{ kind: "undo", checkin: screen.checkin }],
  ];
}

// Nobody touched the kiosk for as long as idleMilliseconds() says.
function idle(state: UiState, context: Context): Step {
  const { screen } = state;
  if (screen.name !== "pending") return [leaveScreen(state), []];
  const lost: Subject = { kind: "unread", reason: "busy" };
  return screen.checkin === null
    ? withSubject(state, screen.passage.key, lost, context)
    : storedScreen(state, screen.passage.key, null);
}

function leaveScreen(state: UiState): UiState {
  const { screen } = state;
  switch (screen.name) {
    case "override":
      return { ...state, screen: screen.back };
    case "ready":
      return state.purpose === "log" || screen.notice
        ? ready({ ...state, purpose: "entry" })
        : state;
    case "details":
    case "devices":
    case "temperature":
    case "symptoms":
    case "word":
    case "thanks":
      return ready({ ...state, purpose: "entry" });
    default:
      return state;
  }
}
