/** Tells readers of a browser of before 2018 that the form works in it: newer parts will not. */
export function tellOldBrowser(note: HTMLElement | null): void {
  if (note && typeof BigInt === "undefined") note.hidden = false;
}
