// What was typed, pasted or sent by a thermometer, as degrees Celsius or as what is wrong with it.
import type { Unit } from "./terminal";

export type TemperatureFault = "empty" | "not_a_number" | "decimal_point" | "too_low" | "too_high";

/** question: a number that is a temperature of a person in the other unit only: is it that one? */
export type TemperatureText =
  | { kind: "reading"; celsius: number }
  | { kind: "question"; celsius: number; unit: Unit }
  | { kind: "refused"; reason: TemperatureFault };

// What a living person can have; outside, the measurement went wrong.
export const PLAUSIBLE_MIN_CELSIUS = 34;
export const PLAUSIBLE_MAX_CELSIUS = 43;
const OTHER: Record<Unit, Unit> = { C: "F", F: "C" };
// where the point was left out, or is in the wrong place: 365, 3.65, 986, 9.86
const SHIFTED = [10, 0.1];
const NUMBER = /^(\d{1,4}(?:\.\d{0,2})?)(?:°?([CF])|°|度|攝氏度|摄氏度|华氏度|華氏度)?$/;
const FAHRENHEIT_WORD = /[华華]氏度$/;

/** Returns what a text says, in the unit of the settings where it names none. */
export function readTemperature(text: string, unit: Unit): TemperatureText {
  const plain = text.normalize("NFKC").replace(/\s/g, "").replace(/[,、。]/g, ".").toUpperCase();
  if (!plain) return { kind: "refused", reason: "empty" };
  const [, digits, letter] = plain.match(NUMBER) || [];
  if (digits === undefined) return { kind: "refused", reason: "not_a_number" };
  const number = Number(digits);
  const stated = statedUnit(plain, letter);
  const celsius = toCelsius(number, stated ?? unit);
  if (isPlausible(celsius)) return { kind: "reading", celsius };
  const inOther = toCelsius(number, OTHER[unit]);
  if (stated === null && isPlausible(inOther)) {
    return { kind: "question", celsius: inOther, unit: OTHER[unit] };
  }
  return { kind: "refused", reason: faultOf(number, stated ? [stated] : [unit, OTHER[unit]], celsius) };
}

/** Returns whether a person can have that temperature. */
export function isPlausible(celsius: number): boolean {
  return celsius >= PLAUSIBLE_MIN_CELSIUS && celsius <= PLAUSIBLE_MAX_CELSIUS;
}

/** Returns degrees Celsius, to two places. */
export function toCelsius(degrees: number, unit: Unit): number {
  return rounded(unit === "C" ? degrees : ((degrees - 32) * 5) / 9, 2);
}

/** Returns degrees of a unit, to one place, as a screen shows them. */
export function fromCelsius(celsius: number, unit: Unit): number {
  return rounded(unit === "C" ? celsius : (celsius * 9) / 5 + 32, 1);
}

function statedUnit(plain: string, letter: string | undefined): Unit | null {
  if (letter) return letter as Unit;
  if (FAHRENHEIT_WORD.test(plain)) return "F";
  return /氏度$/.test(plain) ? "C" : null;
}

function faultOf(number: number, units: Unit[], celsius: number): TemperatureFault {
  const shifted = SHIFTED.some((factor) =>
    units.some((unit) => isPlausible(toCelsius(number * factor, unit))),
  );
  if (shifted) return "decimal_point";
  return celsius < PLAUSIBLE_MIN_CELSIUS ? "too_low" : "too_high";
}

function rounded(number: number, places: number): number {
  return Number(number.toFixed(places));
}
