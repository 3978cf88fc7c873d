// Elements made by hand: nothing here takes markup, so nothing that is read can become any.
type Value = string | number | boolean | null | undefined | ((event: Event) => void);

/** Returns an element; functions among the attributes are listeners of the event they name. */
export function h(
  tag: string,
  attributes: Record<string, Value> = {},
  ...children: (Node | string | null)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null));
  return element;
}

/** Returns a drawing of paths on a field of 24 × 24. */
export function icon(...paths: string[]): SVGElement {
  const drawing = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "kiosk-icon" });
  drawing.append(...paths.map((d) => svg("path", { d })));
  return drawing;
}

/** Returns an element of SVG. */
export function svg(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Returns a button that does one thing; act: its name for whoever looks for it. */
export function button(
  words: string,
  act: string,
  press: () => void,
  classes = "",
  attributes: Record<string, Value> = {},
): HTMLElement {
  const all = {
    type: "button",
    class: `kiosk-button ${classes}`.trim(),
    "data-act": act,
    click: press,
  };
  return h("button", { ...all, ...attributes }, words);
}

/** Returns a button that acts at its second press; after a few seconds the first one is forgotten. */
export function confirmButton(
  words: string,
  again: string,
  act: string,
  press: () => void,
  classes = "",
): HTMLElement {
  const FORGET_MS = 5000;
  let ready = false;
  const made = button(
    words,
    act,
    () => {
      if (ready) return press();
      ready = true;
      made.textContent = again;
      made.setAttribute("data-confirm", "");
      setTimeout(() => {
        ready = false;
        made.textContent = words;
        made.removeAttribute("data-confirm");
      }, FORGET_MS);
    },
    classes,
  );
  return made;
}
