// The guard decides otherwise, with a reason that is recorded.
import type { Word } from "../terminal";
import { recording } from "./passage";
import type { Step, UiState } from "./screens";

export const REASON_MAX_CHARACTERS = 200;

/** Returns what a guard may say instead of a word. */
export function otherWords(word: Word): Word[] {
  return (["come_in", "wait"] as Word[]).filter((one) => one !== word);
}

/** Opens the guard's screen, or takes the word chosen there. */
export function overrideScreen(
  state: UiState,
  action: { kind: "override_open" } | { kind: "override_word"; word: Word },
): UiState {
  const { screen } = state;
  if (action.kind === "override_open") {
    if (screen.name !== "word" || screen.checkin === null) return state;
    const [only, another] = otherWords(screen.word);
    const word = another ? null : only!;
    return { ...state, screen: { name: "override", back: screen, word, fault: false } };
  }
  if (screen.name !== "override" || !otherWords(screen.back.word).includes(action.word))
    return state;
  return { ...state, screen: { ...screen, word: action.word, fault: false } };
}

/** Records the guard's word in place of the check-in that it overrides. */
export function confirmOverride(state: UiState, text: string): Step {
  const { screen } = state;
  if (screen.name !== "override") return [state, []];
  const reason = [...text.trim()].slice(0, REASON_MAX_CHARACTERS).join("");
  if (!screen.word || !reason) return [{ ...state, screen: { ...screen, fault: true } }, []];
  const { passage, word, reasons, checkin } = screen.back;
  return recording(
    state,
    passage,
    { word, reasons, override: { word: screen.word, reason } },
    checkin,
  );
}
