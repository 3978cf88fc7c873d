const AGAIN_AFTER_MILLISECONDS = 5_000; // where nothing came back, the reader may try again

/** Lets a form be sent once; again after a while, or when the page is shown again. */
export function sendOnce(form: HTMLFormElement): void {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    const now = performance.now();
    if (now - sentAt < AGAIN_AFTER_MILLISECONDS) event.preventDefault();
    else sentAt = now;
  });
  window.addEventListener("pageshow", () => {
    sentAt = -Infinity;
  });
}
