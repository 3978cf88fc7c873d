// Days and times in the reader's language, as app/web/template_context.py writes them.
const DAY_MILLISECONDS = 86_400_000;

/** pattern: d MMMM y or the like; short_pattern: of a day of this year; moment: {day} {time}
 *  (UTC{offset}) or the like; weekday: {weekday} {day} or the like; months: twelve names; weekdays:
 *  seven, Monday first; timezone: IANA name. */
export interface DateWords {
  pattern: string;
  short_pattern: string;
  moment: string;
  weekday: string;
  months: string[];
  weekdays: string[];
  timezone: string;
}

/** Returns a day counted from 1970: 2 February 2020, 2020年2月2日. */
export function dayWords(day: number, words: DateWords): string {
  return written(day, words.pattern, words);
}

/** Returns a day without its year, where that is the year of today and the language does so. */
export function shortDayWords(day: number, today: number, words: DateWords): string {
  const pattern = yearOf(day) === yearOf(today) ? words.short_pattern : words.pattern;
  return written(day, pattern, words);
}

/** Returns a day with its weekday: Wednesday 2 December 2026, 12月2日（星期三）. */
export function weekdayWords(day: number, today: number, words: DateWords): string {
  const weekday = words.weekdays[(new Date(day * DAY_MILLISECONDS).getUTCDay() + 6) % 7]!;
  const parts: Record<string, string> = { weekday, day: shortDayWords(day, today, words) };
  return words.weekday.replace(/\{(\w+)\}/g, (all, name: string) => parts[name] ?? all);
}

function yearOf(day: number): number {
  return new Date(day * DAY_MILLISECONDS).getUTCFullYear();
}

function written(day: number, pattern: string, words: DateWords): string {
  const date = new Date(day * DAY_MILLISECONDS);
  const parts: Record<string, string> = {
    y: String(date.getUTCFullYear()),
    MMMM: words.months[date.getUTCMonth()]!,
    M: String(date.getUTCMonth() + 1),
    d: String(date.getUTCDate()),
  };
  return pattern.replace(/y|M+|d/g, (letter) => parts[letter] ?? letter);
}

/** Returns a UTC time in the service's zone, named or with its difference from UTC. */
export function momentWords(moment: string, words: DateWords): string {
  const instant = Date.parse(moment);
  const minutes = offsetMinutes(instant, words.timezone);
  const local = new Date(instant + minutes * 60_000);
  const day = dayWords(Math.floor(local.getTime() / DAY_MILLISECONDS), words);
  const away = Math.abs(minutes);
  const parts: Record<string, string> = {
    day,
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    offset: `${minutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`,
  };
  return words.moment.replace(/\{(\w+)\}/g, (all, name: string) => parts[name] ?? all);
}

/** Returns the day, counted from 1970, in the service's zone. */
export function today(now: Date, timezone: string): number {
  const local = now.getTime() + offsetMinutes(now.getTime(), timezone) * 60_000;
  return Math.floor(local / DAY_MILLISECONDS);
}

function offsetMinutes(instant: number, timezone: string): number {
  const parts: Record<string, number> = {};
  const told = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hour12: false,
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(new Date(instant));
  for (const { type, value } of told) parts[type] = Number(value);
  const { year, month, day, hour, minute } = parts as Record<string, number>;
  // hour 24 of old engines is hour 0 of the same day
  const local = Date.UTC(year!, month! - 1, day!, hour! % 24, minute!);
  return Math.round((local - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
