const REMEMBERED = "gauge-fever-sound"; // on or off: nothing of anybody
const TONES_HERTZ = [880, 660, 880];
const TONE_SECONDS = 0.25;

/** Sounds at a new fever, until the officer turns it off. A browser lets a page sound only after it
 *  was touched once; before that the switch says that the sound is off. */
export class Bell {
  private audio: AudioContext | null = null;
  private wanted: boolean;

  constructor(
    private readonly control: HTMLButtonElement | null,
    usual: boolean,
  ) {
    this.wanted = (remembered() ?? (usual ? "on" : "off")) === "on";
    if (!this.control) return;
    this.control.hidden = false;
    this.control.addEventListener("click", () => void this.turn());
    if (this.wanted) addEventListener("pointerdown", () => void this.begin(), { once: true });
    this.show();
  }

  get isOn(): boolean {
    return this.wanted && this.audio?.state === "running";
  }

  ring(): void {
    if (!this.isOn || !this.audio) return;
    for (const [place, hertz] of TONES_HERTZ.entries()) {
      const tone = this.audio.createOscillator();
      const begin = this.audio.currentTime + place * TONE_SECONDS;
      tone.frequency.value = hertz;
      tone.connect(this.audio.destination);
      tone.start(begin);
      tone.stop(begin + TONE_SECONDS * 0.8);
    }
  }

  private async turn(): Promise<void> {
    this.wanted = !this.isOn;
    remember(this.wanted ? "on" : "off");
    if (this.wanted) await this.begin();
    this.show();
    this.ring();
  }

  private async begin(): Promise<void> {
    if (!this.wanted) return;
    try {
      this.audio ??= new AudioContext();
      await this.audio.resume();
    } catch {
      this.audio = null; // no sound on this device: the switch stays off
    }
    this.show();
  }

  private show(): void {
    if (!this.control) return;
    const { wordsOn, wordsOff } = this.control.dataset;
    this.control.textContent = (this.isOn ? wordsOn : wordsOff) ?? "";
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(REMEMBERED, value);
  } catch {
    // a browser that keeps nothing: as usual next time
  }
}
