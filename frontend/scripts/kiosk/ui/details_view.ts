// A person without badge and phone types who they are.
import { type Field, type Typed, inputsOf } from "../../private/identity";
import { looksLikeCode } from "./codes";
import { personOfCard } from "./card_text";
import { h } from "./dom";
import { sayFirst } from "./words";
import { type View, field, heading, leave, valueOf } from "./view";

const ID_TYPES = ["resident", "passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other"];
const FIELDS: Field[] = ["id_number", "name", "name_latin"];
const WITHOUT_LATIN = "resident";

export function detailsView(view: View): Node[] {
  const { say } = view;
  const form = h(
    "form",
    {
      class: "kiosk-form",
      novalidate: true,
      autocomplete: "off",
      submit: (event) => {
        event.preventDefault();
        send(view, form);
      },
      change: () => showLatin(form),
    },
    h(
      "fieldset",
      { class: "kiosk-types" },
      h("legend", { class: "kiosk-label" }, say("id_type")),
      ...ID_TYPES.map((type) =>
        h(
          "label",
          { class: "kiosk-type" },
          h("input", {
            type: "radio",
            name: "id_type",
            value: type,
            checked: type === WITHOUT_LATIN,
            "data-choice": type,
          }),
          h("span", {}, say(`id_type_${type}`)),
        ),
      ),
    ),
    h(
      "div",
      { class: "kiosk-fields" },
      field("id_number", say("id_number"), { autocapitalize: "characters" }),
      field("name", say("name")),
      field("name_latin", say("name_latin"), { autocapitalize: "characters" }),
    ),
    h(
      "div",
      { class: "kiosk-actions" },
      h(
        "button",
        { type: "submit", class: "kiosk-button kiosk-button--main", "data-act": "send" },
        say("details_send"),
      ),
      leave(view),
    ),
  );
  showLatin(form);
  return [heading(say("details")), h("p", { class: "kiosk-text" }, say("details_lead")), form];
}

function typedIn(form: Element): Typed {
  const id_type = form.querySelector<HTMLInputElement>("input[type=radio]:checked")!.value;
  const [id_number, name, name_latin] = FIELDS.map((one) => valueOf(form, one)) as [
    string,
    string,
    string,
  ];
  return { id_type, id_number, name, name_latin: id_type === WITHOUT_LATIN ? "" : name_latin };
}

function showLatin(form: Element): void {
  const { id_type } = typedIn(form);
  form.querySelector("[data-field=name_latin]")!.parentElement!.hidden = id_type === WITHOUT_LATIN;
}

function send(view: View, form: Element): void {
  const person = typedIn(form);
  const wedge = FIELDS.map((one) => person[one]).find((text) => looksLikeCode(text));
  if (wedge !== undefined) return view.dispatch({ kind: "text", text: wedge, source: "wedge" });
  const read = personOfCard(`${person.id_number}\t${person.name}`);
  const judged = inputsOf(person);
  form.querySelectorAll(".kiosk-fault").forEach((line) => line.remove());
  form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
  if ("inputs" in judged) return view.dispatch({ kind: "person", person });
  if (read) return view.dispatch({ kind: "person", person: read }); // a reader typed all into one field
  for (const name of FIELDS) {
    const fault = judged.faults[name];
    if (!fault) continue;
    const names = [`fault ${name} ${fault.reason}`, "fault"];
    const words = sayFirst(view.say, view.language, names).replace(
      "{character}",
      () => fault.character ?? "",
    );
    const input = form.querySelector(`[data-field=${name}]`)!;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `fault-${name}`);
    input.before(h("p", { class: "kiosk-fault", id: `fault-${name}` }, words));
  }
  form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
}
