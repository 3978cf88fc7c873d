// Fills in a template that the service wrote: ⟦name⟧ is the placeholder of a value, a <template> of
// what is shown at times. app/answer_pages/placeholders.py and app/templates/placeholders.html write
// them. Values come in as text and as attributes' text, never as markup.
const PLACE = /⟦([^⟧]+)⟧/g;
const ROW = ".govuk-summary-list__row"; // with nothing to tell it goes

export type Filters = Record<string, (value: unknown) => string>;

/** Returns a copy of a template with values in it; names are looked up in them, dot by dot. */
export function render(
  template: HTMLTemplateElement,
  values: Record<string, unknown>,
  filters: Filters,
): DocumentFragment {
  const copy = document.importNode(template.content, true);
  fill(copy, new Map(Object.entries(values)), filters);
  return copy;
}

type Scope = Map<string, unknown>;

function fill(part: DocumentFragment, scope: Scope, filters: Filters): void {
  for (const inner of Array.from(part.querySelectorAll("template"))) {
    const { when, unless, each } = inner.dataset;
    if (each !== undefined) {
      const many = lookedUp(each, scope) as unknown[];
      inner.replaceWith(
        ...many.map((one, place) => {
          const own = new Map(scope).set(`${each}[]`, one).set(`${each}[]#`, place + 1);
          return renderPart(inner, own, filters);
        }),
      );
    } else if (when !== undefined || unless !== undefined) {
      const value = lookedUp((when ?? unless)!, scope);
      const truthy = Array.isArray(value) ? value.length > 0 : Boolean(value);
      if (truthy === (when !== undefined)) inner.replaceWith(renderPart(inner, scope, filters));
      else inner.remove();
    }
  }
  const text = (written: string) =>
    written.replace(PLACE, (_, name: string) => words(name, scope, filters));
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const empty: Element[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const attribute of Array.from(node.attributes)) {
        if (attribute.value.includes("⟦")) attribute.value = text(attribute.value);
      }
    } else if (node.nodeValue!.includes("⟦")) {
      node.nodeValue = text(node.nodeValue!);
      const row = node.parentElement?.closest(ROW);
      if (row && !node.nodeValue.trim()) empty.push(row);
    }
  }
  for (const row of empty) row.remove();
}

function renderPart(inner: HTMLTemplateElement, scope: Scope, filters: Filters): DocumentFragment {
  const part = document.importNode(inner.content, true);
  fill(part, scope, filters);
  return part;
}

function words(name: string, scope: Scope, filters: Filters): string {
  const [path, filter] = name.split("|") as [string, string | undefined];
  const value = lookedUp(path, scope);
  if (value === null || value === "") return "";
  return filter ? filters[filter]!(value) : String(value);
}

function lookedUp(path: string, scope: Scope): unknown {
  if (scope.has(path)) return scope.get(path);
  const dot = path.lastIndexOf(".");
  const holder = dot > 0 ? lookedUp(path.slice(0, dot), scope) : undefined;
  const name = path.slice(dot + 1);
  if (typeof holder !== "object" || holder === null || !(name in holder)) {
    throw new Error(`nothing is named ${path}`);
  }
  return (holder as Record<string, unknown>)[name];
}
