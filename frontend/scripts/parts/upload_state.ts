/** Says that a list is on its way: a browser shows little of it, and a large one takes a while. */
export function tellUpload(form: HTMLFormElement): void {
  const state = form.querySelector<HTMLElement>("[data-upload-state]");
  if (!state) return;
  form.addEventListener("submit", () => {
    state.hidden = false;
    state.textContent = state.dataset.uploadState ?? "";
  });
  window.addEventListener("pageshow", () => {
    state.hidden = true;
  });
}
