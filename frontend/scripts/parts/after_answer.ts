// What one may do with an answer: read it out, copy, print, be reminded. Nothing of it is sent or
// stored: app/templates/answer_pages/after_answer.html.
import { copyText } from "./clipboard";
import { calendarFile } from "./reminder";
import { type Saying, linesToSay } from "./words_to_say";

const ROW = ".govuk-summary-list";
const SAID = `[data-say], [data-say-rows] ${ROW}__row`;
const FILE_NAME = "contact-gauge.ics";

/** Offers what needs a script on a page with an answer; nothing where it has none. */
export function offerAfterAnswer(page: ParentNode): void {
  const after = page.querySelector<HTMLElement>("[data-after]");
  if (!after) return;
  const words = after.querySelector<HTMLElement>("[data-words-to-say]")!;
  for (const line of linesToSay(sayings(page), after.dataset.colon!)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    words.append(paragraph);
  }
  const copied = after.querySelector<HTMLElement>("[data-copied]")!;
  after.querySelector("[data-copy]")!.addEventListener("click", () => void copyText(words, copied));
  after.querySelector("[data-print]")!.addEventListener("click", () => window.print());
  offerReminder(after, page);
  after.querySelector<HTMLElement>("[data-with-script]")!.hidden = false;
}

function sayings(page: ParentNode): Saying[] {
  return Array.from(page.querySelectorAll<HTMLElement>(SAID), (element) => {
    const [key, value] = ["key", "value"].map((part) => element.querySelector(`${ROW}__${part}`));
    return {
      label: key ? key.textContent!.trim() : "",
      words: (value || element).textContent!,
      isHeading: "sayFirst" in element.dataset,
    };
  });
}

// made here, so that not even the asking for it is seen
function offerReminder(after: HTMLElement, page: ParentNode): void {
  const day = page.querySelector<HTMLElement>("[data-ask-again]")?.dataset.askAgain;
  if (!day) return;
  const file = new Blob([calendarFile(after.dataset.calendar!, day)], { type: "text/calendar" });
  const link = after.querySelector<HTMLAnchorElement>("[data-reminder]")!;
  link.href = URL.createObjectURL(file);
  link.setAttribute("download", FILE_NAME);
}
