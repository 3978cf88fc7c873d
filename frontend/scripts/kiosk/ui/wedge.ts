// What scanners, readers and thermometers type as if they were keyboards, on whatever screen.
const FORGET_MS = 3000;
const FAST_MS = 45; // between two keys; nobody types so fast for long
const FAST_KEYS_MIN = 3;

/** Measures whether keys come as fast as a machine types. */
export class KeyRhythm {
  private keys = 0;
  private first = 0;
  private last = 0;

  press(at: number): void {
    if (!this.keys || at - this.last > FORGET_MS) {
      this.keys = 0;
      this.first = at;
    }
    this.keys += 1;
    this.last = at;
  }

  source(): "typed" | "wedge" {
    const fast = this.keys >= FAST_KEYS_MIN && (this.last - this.first) / (this.keys - 1) < FAST_MS;
    return fast ? "wedge" : "typed";
  }

  clear(): void {
    this.keys = 0;
  }
}

/** Collects what is typed outside of any field, up to Enter. A tab parts what a reader types. */
export class WedgeText {
  private text = "";
  private last = 0;
  private readonly rhythm = new KeyRhythm();

  constructor(private readonly emit: (text: string, source: "typed" | "wedge") => void) {}

  /** Takes one key; whether it was one of the text, and must do nothing else. */
  key(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "timeStamp">): boolean {
    if (event.timeStamp - this.last > FORGET_MS) this.clear();
    const letter = letterOf(event);
    if (letter !== null) {
      this.text += letter;
      this.last = event.timeStamp;
      this.rhythm.press(event.timeStamp);
      return true;
    }
    if (!this.text) return false;
    if (event.key === "Tab") {
      this.text += "\t";
      return true;
    }
    if (event.key !== "Enter") return false;
    const { text } = this;
    const source = this.rhythm.source();
    this.clear();
    this.emit(text, source);
    return true;
  }

  clear(): void {
    this.text = "";
    this.rhythm.clear();
  }
}

const CODES: Record<string, string> = {
  Period: ".",
  NumpadDecimal: ".",
  Comma: ",",
  Minus: "-",
  Slash: "/",
  Space: " ",
  Equal: "=",
};

// An input method hides what was typed ("Process"); which key it was still shows.
function letterOf({
  key,
  code,
  shiftKey,
}: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string | null {
  if ([...key].length === 1) return key;
  if (key !== "Process" && key !== "Unidentified") return null;
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter) return shiftKey ? letter[1]! : letter[1]!.toLowerCase();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code);
  if (digit) return digit[1]!;
  if (code === "Semicolon") return shiftKey ? ":" : ";";
  return CODES[code] ?? null;
}
