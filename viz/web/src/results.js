// Answers as a table and as they came.
import { element } from "./page.js";
import { address, shorten } from "./terms.js";
import { say, spoken } from "./words.js";

const STEP = 500; // rows shown at once
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

function cell(term) {
  if (!term) return element("td");
  const made = element("td", undefined, NUMBER.test(term.datatype || "") ? { class: "number" } : {});
  if (term.type === "uri") {
    const where = address(term.value, spoken()), text = shorten(term.value);
    made.append(where ? element("a", text, { href: where, title: term.value, rel: "noreferrer" }) : text);
  } else {
    made.append(term.type === "bnode" ? `_:${term.value}` : term.value);
    if (term["xml:lang"]) made.append(element("small", `@${term["xml:lang"]}`));
  }
  return made;
}

/** Rows under their columns; more of them on demand. */
export function table(box, columns, rows) {
  if (!rows.length) return void box.replaceChildren(element("p", say("none"), { class: "note" }));
  const made = element("table"), head = element("tr"), body = element("tbody");
  columns.forEach(column => head.append(element("th", column, { scope: "col" })));
  made.append(element("thead"), body);
  made.tHead.append(head);
  const scroll = element("div", undefined, { class: "scroll", tabindex: "0" });
  const more = element("button", say("more"), { class: "more", "data-word": "more" });
  let shown = 0;
  const show = () => {
    for (const row of rows.slice(shown, shown + STEP)) {
      const line = element("tr");
      columns.forEach(column => line.append(cell(row[column])));
      body.append(line);
    }
    shown = Math.min(rows.length, shown + STEP);
    more.hidden = shown === rows.length;
  };
  more.addEventListener("click", show);
  show();
  scroll.append(made);
  box.replaceChildren(scroll, more);
}

/** The answer as text, as the service sent it. */
export function raw(box, text) {
  const shown = text.slice(0, 400_000);
  box.replaceChildren(element("pre", shown.length < text.length ? `${shown}\n…` : shown, { tabindex: "0" }));
}
