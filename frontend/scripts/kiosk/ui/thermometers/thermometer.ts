// One interface to every thermometer that speaks: what it is, how it begins, what it measured.
import type { ReadingSource } from "../../terminal";

export interface Measurement {
  celsius: number;
  source: ReadingSource;
}

export interface Listener {
  measured(measurement: Measurement): void;
  /** It is gone: unplugged, out of reach, out of power. */
  lost(): void;
}

/** A thermometer that somebody chose in the browser's own dialogue. */
export interface Thermometer {
  close(): Promise<void>;
}

/** Returns °C of a temperature in °F. */
export function toCelsius(fahrenheit: number): number {
  return Math.round(((fahrenheit - 32) / 1.8) * 100) / 100;
}
