// The time at the door. Decisions end, visitors' codes end, and a tablet's clock may be anything.
//
// Threat: a decision used past its end because somebody set the tablet's clock back. Limit: time is
// believed only while the wall clock agrees with the one nobody can set, and never ran backwards.

export const DRIFT_MAX_MS = 30_000; // what a clock is corrected by in passing

/** What is kept of the clock: offset: server less tablet, null before the first answer; last: the
 *  latest time that was seen; doubt: unsure until the server answers again. Milliseconds. */
export interface ClockRecord {
  offset: number | null;
  last: number;
  doubt: boolean;
}

export const NO_CLOCK: ClockRecord = { offset: null, last: 0, doubt: false };

export class Clock {
  private anchor: { wall: number; monotonic: number };

  constructor(
    private readonly wallNow: () => number,
    private readonly monotonicNow: () => number,
    private kept: ClockRecord = NO_CLOCK,
  ) {
    this.anchor = { wall: wallNow(), monotonic: monotonicNow() };
  }

  /** Goes on from what an earlier page kept. */
  restore(kept: ClockRecord): void {
    this.kept = { ...kept };
    this.now();
  }

  /** Returns the time by the server's clock; it never runs backwards between two answers. */
  now(): number {
    const [wall, monotonic] = [this.wallNow(), this.monotonicNow()];
    const drift = wall - this.anchor.wall - (monotonic - this.anchor.monotonic);
    if (Math.abs(drift) > DRIFT_MAX_MS) {
      // set back: the monotonic clock goes on; ahead: set, or the tablet slept, and then it is right
      if (drift < 0 && this.kept.offset !== null) this.kept.offset -= Math.round(drift);
      this.kept.doubt = true;
      this.anchor = { wall, monotonic };
    }
    const time = Math.round(wall + (this.kept.offset ?? 0));
    if (time < this.kept.last - DRIFT_MAX_MS) this.kept.doubt = true;
    this.kept.last = Math.max(this.kept.last, time);
    return this.kept.last;
  }

  isSure(): boolean {
    this.now();
    return this.kept.offset !== null && !this.kept.doubt;
  }

  /** Takes the server's time from an answer to what was sent at sentAt by the wall clock. */
  synchronise(serverAt: number, sentAt: number): void {
    const wall = this.wallNow();
    const middle = sentAt <= wall ? (sentAt + wall) / 2 : wall;
    const offset = Math.round(serverAt - middle);
    this.kept = { offset, last: wall + offset, doubt: false };
    this.anchor = { wall, monotonic: this.monotonicNow() };
  }

  /** Returns what the next page is to go on from. */
  record(): ClockRecord {
    this.now();
    return { ...this.kept };
  }
}
