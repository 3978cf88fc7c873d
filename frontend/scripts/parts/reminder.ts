// The reminder to ask again: app/answer_pages/reminder.py writes its form.
const DAY_MARK = /\{day\}/g;

/** Returns a calendar file; form: with line feeds, as HTML reads it; day: 2020-02-02. */
export function calendarFile(form: string, day: string): string {
  return form.replace(/\r?\n/g, "\r\n").replace(DAY_MARK, day.replace(/-/g, ""));
}
