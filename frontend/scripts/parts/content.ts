/** Puts nodes in place of whatever an element holds: replaceChildren() is too young for some of the
 *  browsers that these pages are for. */
export function setContent(element: Element, ...nodes: Node[]): void {
  element.textContent = "";
  element.append(...nodes);
}
