// Three languages, changed in the page at once. The next person finds the kiosk's own one again.
import { prefer, preferences } from "./preferences";
import type { Language } from "./words";

const FORGET_MS = 30_000;

export class LanguageChoice {
  present: Language;
  private own: Language;

  constructor(private readonly all: Language[]) {
    const tags = [preferences().language, ...navigator.languages].filter((tag) => tag !== null);
    this.own = tags.map((tag) => this.find(tag)).find((one) => one !== undefined) ?? all[0]!;
    this.present = this.own;
  }

  /** Changes the language: for one person, or for the kiosk. */
  choose(tag: string, forKiosk: boolean): void {
    this.present = this.find(tag) ?? this.present;
    if (!forKiosk) return;
    this.own = this.present;
    prefer({ language: tag });
  }

  reset(): void {
    this.present = this.own;
  }

  /** Returns after how long a person's language goes again where nothing else happens, or null. */
  idleMilliseconds(): number | null {
    return this.present === this.own ? null : FORGET_MS;
  }

  private find(tag: string): Language | undefined {
    return (
      this.all.find((one) => one.tag === tag) ?? this.all.find((one) => one.tag === likely(tag))
    );
  }
}

// zh-TW, zh-HK and zh-MO write Traditional characters; a country alone says no more.
function likely(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return language === "zh" ? `zh-${script}` : language;
}
