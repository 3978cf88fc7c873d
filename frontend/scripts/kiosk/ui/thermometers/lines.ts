// Lines that thermometers send over a serial port: "36.5", "T body = 36.52 C", "TEMP:97.9F".
import { toCelsius } from "./thermometer";

const NUMBER = /(?:^|[^\d.])(\d{2,3}(?:[.,]\d{1,2})?)\s*(?:°|º|˚)?\s*([CFcf℃℉])?(?![\d.])/g;
const LINE_MAX_CHARACTERS = 200;
const BODY_CELSIUS = [30, 45] as const;
const FAHRENHEIT_FROM = 86; // without a unit: nobody has so many °C

/** Cuts a stream of bytes into lines, whatever ends them. */
export class LineCutter {
  private rest = "";
  private readonly decoder = new TextDecoder();

  /** Returns the lines that these bytes end. */
  cut(bytes: Uint8Array): string[] {
    const parts = (this.rest + this.decoder.decode(bytes, { stream: true })).split(/[\r\n\0]+/);
    this.rest = parts.pop()!.slice(-LINE_MAX_CHARACTERS);
    return parts.filter((line) => line.trim());
  }
}

/** Returns °C of the one body temperature in a line; null where there is none, or several. */
export function celsiusOfLine(line: string): number | null {
  const found = new Set<number>();
  for (const [, digits, unit] of line.matchAll(NUMBER)) {
    const number = Number(digits!.replace(",", "."));
    const fahrenheit = unit ? /[F℉]/i.test(unit) : number >= FAHRENHEIT_FROM;
    const celsius = fahrenheit ? toCelsius(number) : number;
    const [from, to] = BODY_CELSIUS;
    if (celsius >= from && celsius <= to) found.add(celsius);
  }
  return found.size === 1 ? [...found][0]! : null;
}
