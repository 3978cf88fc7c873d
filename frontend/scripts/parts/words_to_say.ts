/** What of an answer is said: under a name ("Rule") or without one; a heading begins a person. */
export interface Saying {
  label: string;
  words: string;
  isHeading: boolean;
}

/** Returns the lines to read out on the telephone; what is empty or said already is left out.
 *  colon: what stands behind a label, in the page's language. */
export function linesToSay(sayings: Saying[], colon: string): string[] {
  const lines: string[] = [];
  let said = new Set<string>();
  for (const { label, words, isHeading } of sayings) {
    const text = words.replace(/\s+/g, " ").trim();
    const line = label ? `${label}${colon}${text}` : text;
    if (isHeading) said = new Set();
    if (!text || said.has(line)) continue;
    said.add(line);
    if (isHeading && lines.length) lines.push("");
    lines.push(line);
  }
  return lines;
}
