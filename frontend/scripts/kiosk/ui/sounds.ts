// Three words in three sounds, so that nobody must look: two rising notes, two falling, one long.
import type { Word } from "../terminal";

export type Sound = "read" | "refused" | Word;

/** Notes in hertz, seconds from the start and seconds long. */
const NOTES: Record<Sound, [number, number, number][]> = {
  read: [[1200, 0, 0.06]],
  refused: [[300, 0, 0.15]],
  come_in: [
    [880, 0, 0.12],
    [1320, 0.14, 0.22],
  ],
  wait: [
    [520, 0, 0.25],
    [390, 0.3, 0.4],
  ],
  not_checked: [[440, 0, 0.6]],
};
const LOUDNESS = 0.25;
const FADE_SECONDS = 0.02;

export class Sounds {
  on = true;
  private audio: AudioContext | null = null;

  /** Readies the loudspeaker; browsers allow it only while somebody touches the page. */
  unlock(): void {
    if (typeof AudioContext === "undefined") return;
    this.audio ??= new AudioContext();
    if (this.audio.state === "suspended") void this.audio.resume().catch(() => undefined);
  }

  play(sound: Sound): void {
    const { audio } = this;
    if (!this.on || !audio || audio.state !== "running") return;
    for (const [hertz, from, long] of NOTES[sound]) {
      const start = audio.currentTime + from;
      const tone = new OscillatorNode(audio, { frequency: hertz });
      const loudness = new GainNode(audio, { gain: LOUDNESS });
      loudness.gain.setValueAtTime(LOUDNESS, start + long - FADE_SECONDS);
      loudness.gain.linearRampToValueAtTime(0, start + long);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start);
      tone.stop(start + long);
    }
  }
}
