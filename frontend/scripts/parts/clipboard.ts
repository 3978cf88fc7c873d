/** Copies what an element says, and says whether it could: in older browsers by a selection. */
export async function copyText(element: HTMLElement, status: HTMLElement): Promise<void> {
  const copied = (await throughClipboard(element.innerText)) || bySelection(element);
  status.textContent = (copied ? status.dataset.words : status.dataset.failed)!;
}

async function throughClipboard(text: string): Promise<boolean> {
  if (!navigator.clipboard) return false; // only over https, and not within every app
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

function bySelection(element: HTMLElement): boolean {
  const selection = window.getSelection();
  if (!selection) return false;
  selection.selectAllChildren(element);
  const copied = document.execCommand("copy");
  if (copied) selection.removeAllRanges(); // else it stays, to be copied by hand
  return copied;
}
