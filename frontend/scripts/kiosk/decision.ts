// From who stands there, their temperatures and their symptoms to the word.
import type { Decision, KioskSettings, Reading, Reason, Subject, Word } from "./terminal";

/** Returns what to measure next, or the word with every reason for it.
 *
 *  Fever, symptoms or exposure say wait, whatever else is unknown; else something unknown says
 *  not_checked; only then come in. Above fever_celsius is a fever; at it is none. */
export function decide(
  subject: Subject, readings: Reading[], symptoms: string[], settings: KioskSettings,
): Decision {
  const last = readings[readings.length - 1];
  if (!last) return { kind: "measurement", advice: "measure" };
  const fevers = readings.filter((reading) => reading.celsius > settings.fever_celsius);
  const colds = readings.filter((reading) => reading.celsius < settings.low_celsius);
  const cold = colds.includes(last);
  if (cold && colds.length < 2) return { kind: "measurement", advice: "warm_up" };
  const unconfirmed = settings.second_reading && fevers.length < 2;
  if (fevers.includes(last) && unconfirmed) {
    return { kind: "measurement", advice: "measure_again" };
  }
  // a fever that only a cold skin followed was never refuted
  const fever = fevers.includes(last) || (cold && fevers.length > 0);
  const alarms = reasonsToWait(subject, fever, symptoms);
  const doubts = reasonsOfDoubt(subject, cold);
  const word: Word = alarms.length ? "wait" : doubts.length ? "not_checked" : "come_in";
  return { kind: "word", word, reasons: [...alarms, ...doubts] };
}

function reasonsToWait(subject: Subject, fever: boolean, symptoms: string[]): Reason[] {
  const reasons: Reason[] = [];
  if (fever) reasons.push("fever");
  if (symptoms.length) reasons.push("symptoms");
  if (subject.kind !== "unread" && subject.exposure === "wait") reasons.push("exposure");
  return reasons;
}

function reasonsOfDoubt(subject: Subject, cold: boolean): Reason[] {
  const reasons: Reason[] = cold ? ["cold"] : [];
  if (subject.kind === "unread") reasons.push(subject.reason);
  // whoever wrote the decision may have given no reason: what is not known is no decision
  else if (subject.exposure === "not_checked") reasons.push(subject.reason ?? "no_decision");
  return reasons;
}
