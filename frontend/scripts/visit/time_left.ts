// How long a visitor's code is good for.

/** Returns minutes and seconds until a code of `madeAt` is too old: "9:58"; null: it is. Times are
 *  milliseconds. */
export function timeLeft(madeAt: number, now: number, validMilliseconds: number): string | null {
  const seconds = Math.ceil((madeAt + validMilliseconds - now) / 1000);
  if (seconds <= 0 || now < madeAt) return null; // a clock that was set back tells nothing
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
