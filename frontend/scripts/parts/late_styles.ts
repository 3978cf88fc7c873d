/** Loads the style sheet of what comes behind the first view, once everything else is there. */
export function loadLateStyles(): void {
  const late = document.querySelector<HTMLTemplateElement>("template[data-late-styles]");
  if (!late) return;
  const load = () => late.replaceWith(document.importNode(late.content, true));
  if (document.readyState === "complete") load();
  else window.addEventListener("load", load);
}
