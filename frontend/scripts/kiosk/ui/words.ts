// The page's words: app/kiosk/terminal/texts.py writes them, in every language that the service has.

/** The words of one language, by their names there. */
export interface Language {
  tag: string;
  name: string;
  direction: "ltr" | "rtl";
  words: Record<string, string>;
}

/** Returns the words of a name, with values in their places ("{number}"). */
export type Say = (name: string, values?: Record<string, string | number>) => string;

/** Returns the words of one language. A name that has none is shown as it is. */
export function saying(language: Language): Say {
  return (name, values = {}) => {
    const words = language.words[name] ?? name;
    return words.replace(/\{(\w+)\}/g, (place, value: string) => String(values[value] ?? place));
  };
}

/** Returns the words of `name`, or of the next one where it has none. */
export function sayFirst(say: Say, language: Language, names: string[]): string {
  return say(names.find((name) => name in language.words) ?? names[names.length - 1]!);
}
