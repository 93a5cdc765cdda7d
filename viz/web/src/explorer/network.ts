// The page of the network: look a thing up, open what it is connected with, read the words behind each link.
import "./network.css";
import { drawing } from "./drawing";
import { button, download, element } from "./elements";
import { csv, gexf, graphml, svg } from "./exports";
import { layout, type Place } from "./layout";
import { CAP, picture, relationsOf, type Picture } from "./picture";
import { data, find, nameOf, pageOf, relationName, say, statements, type Link, type Thing } from "./service";
import * as states from "./state";

let state = states.read(location.search);
let shown: Picture = { things: new Map(), links: new Map(), more: new Map(), parents: new Map(), full: false };
let places = new Map<string, Place>();
let chosen = ""; // the thing or link in the panel
let opener: HTMLElement | null = null; // what had the focus before the panel
let entering = false; // whether the panel takes the focus once it is there
let pathFrom = ""; // the thing a path is being looked for from
let turn = 0; // only the last change is drawn

const root = document.getElementById("explorer")!;
const parts = {
  tools: element("div", null, { class: "tools" }),
  types: element("div", null, { class: "types", role: "group", "aria-label": say("types") }),
  stage: element("div", null, { class: "stage", role: "img", "aria-label": say("picture") }),
  panel: element("aside", null, { class: "panel", tabindex: "-1", "aria-label": say("details") }),
  said: element("p", null, { class: "said", role: "status" }),
  table: element("section", null, { class: "links" })
};

root.append(parts.tools, parts.types, element("div", null, { class: "pictured" }, parts.stage, parts.panel), parts.said, parts.table);
root.hidden = false;
// After the stage has its place: the drawing measures it.
parts.panel.hidden = true;
const draw = drawing(parts.stage, {
  chosen: id => choose(id),
  nothing: () => { if (!pathFrom) { chosen = ""; panel(); } },
  moved: (iri, place) => { state.pins.set(iri, place); places.set(iri, place); remember(); draw.show(shown, places); },
  pinned: iri => state.pins.has(iri)
});

/** Shows the state: asks for what it needs, places it, draws it, and says it in the table. */
async function show(): Promise<void> {
  const mine = ++turn;
  root.setAttribute("aria-busy", "true");
  try {
    const found = await picture(state);
    if (mine !== turn) return;
    const known = new Map([...places].filter(([iri]) => found.things.has(iri)));
    [shown, places] = [found, layout(found, known, state.pins, ratio())];
    draw.show(shown, places);
    if (shown.things.has(chosen) || shown.links.has(chosen)) draw.select(chosen);
    else chosen = "";
    speak(found.full ? say("full", { count: CAP }) : say("count", { nodes: shown.things.size, links: shown.links.size }));
    types();
    table();
    await panel();
    if (entering) parts.panel.focus();
    entering = false;
  } catch (error) {
    if (mine === turn) speak(say("failed") + (error as Error).message);
  }
  if (mine === turn) { root.setAttribute("aria-busy", "false"); root.dataset.shown = String(shown.things.size); }
}

/** How wide the stage is against its height. */
const ratio = (): number => Math.min(3, Math.max(0.5, parts.stage.clientWidth / (parts.stage.clientHeight || 1)));

const speak = (text: string): void => { parts.said.textContent = text; };

function remember(): void {
  const address = states.write(state);
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  const other = document.getElementById("language") as HTMLAnchorElement | null;
  if (other) other.href = address.replace(/lang=\w+/, `lang=${data.language === "zh" ? "en" : "zh"}`);
}

function change(how: () => void): void {
  how();
  remember();
  void show();
}

/** Chosen by the keyboard, from a button: the panel takes the focus, and gives it back where it is closed. */
function read(id: string): void {
  opener = document.activeElement as HTMLElement | null;
  const from = pathFrom;
  choose(id);
  if (!from) void panel().then(() => parts.panel.focus());
}

function leave(): void {
  chosen = "";
  void panel();
  const row = opener?.isConnected ? opener : parts.table.querySelector<HTMLElement>("button");
  row?.focus();
}

function choose(id: string): void {
  if (pathFrom && shown.things.has(id) && id !== pathFrom) {
    const from = pathFrom;
    pathFrom = "";
    void connect(from, id);
    return;
  }
  chosen = id;
  draw.select(id);
  void panel();
}

async function connect(from: string, to: string): Promise<void> {
  change(() => { state.paths.push([from, to]); chosen = from; });
  const way = await picture({ ...state, roots: [from, to], opened: [], paths: [[from, to]] }).catch(() => null);
  if (way && !way.links.size) change(() => { state.paths.pop(); });
  if (way && !way.links.size) { await show(); speak(say("no_path")); }
}

// ── the panel ──

async function panel(): Promise<void> {
  const link = shown.links.get(chosen), thing = shown.things.get(chosen), mine = chosen;
  parts.panel.hidden = !link && !thing;
  const content = link ? await ofLink(link) : thing ? await ofThing(thing) : [];
  if (mine !== chosen) return;
  const inside = parts.panel.contains(document.activeElement), key = keyOf(document.activeElement);
  parts.panel.replaceChildren(...content);
  if (inside) ([...parts.panel.querySelectorAll("button")].find(one => keyOf(one) === key && key) ?? parts.panel).focus();
}

/** What a button of the panel is for, the same after the panel was written anew. */
const keyOf = (one: Element | null): string => one?.getAttribute("data-relation") ?? one?.getAttribute("data-does") ?? "";

async function ofThing(thing: Thing): Promise<Node[]> {
  const { relations } = await relationsOf(thing.iri, state.document);
  const list = element("ul", null, { class: "relations" });
  for (const { relation, others } of relations) {
    const opened = states.isOpen(state, thing.iri, relation), more = shown.more.get(`${thing.iri} ${relation}`);
    const row = element("li");
    row.append(button(`${relationName(relation)} (${others})`, () => change(() => opened ? states.close(state, thing.iri, relation) : states.open(state, thing.iri, relation)),
      { "aria-pressed": String(opened), "data-relation": relation }));
    if (opened && more) row.append(button(say("more", { count: Math.min(more, 100) }), () => change(() => states.open(state, thing.iri, relation))));
    list.append(row);
  }
  const pinned = state.pins.has(thing.iri);
  return [
    close(), element("h2", nameOf(thing), { dir: "auto" }),
    element("p", data.styles[thing.type]?.name ?? thing.type, { class: "kind" }),
    element("p", null, { class: "ways" }, element("a", say("open"), { href: pageOf(thing.iri) }),
      button(say(pinned ? "unpin" : "pin"), () => change(() => { if (pinned) state.pins.delete(thing.iri); else state.pins.set(thing.iri, places.get(thing.iri)!); }), { "data-does": "pin" }),
      button(say("path"), () => { pathFrom = thing.iri; speak(say("path_to")); parts.table.querySelector<HTMLElement>("button")?.focus(); }),
      button(say("remove"), () => change(() => states.remove(state, thing.iri)))),
    element("h3", say("relations")), list
  ];
}

async function ofLink(link: Link): Promise<Node[]> {
  const found = (await statements(link.source, link.target)).statements;
  const quotes = found.slice(0, 40).map(one => element("blockquote", one.words, { dir: "auto" },
    element("footer", null, {}, element("a", [one.title, one.section].filter(Boolean).join(" · ") || say("open"), { href: pageOf(one.iri) }))));
  return [
    close(), element("h2", `${nameOf(shown.things.get(link.source)!)} → ${nameOf(shown.things.get(link.target)!)}`, { dir: "auto" }),
    element("p", relationName(link.relation), { class: "kind" }),
    element("h3", say("evidence")), ...(quotes.length ? quotes : [element("p", say("register"))])
  ];
}

const close = (): HTMLButtonElement =>
  button("×", leave, { class: "close", "aria-label": say("close") });

// ── types and table ──

function types(): void {
  const present = new Set([...[...shown.things.values()].map(thing => thing.type), ...state.hidden]);
  parts.types.replaceChildren(...Object.keys(data.styles).filter(type => present.has(type)).map(type => {
    const box = element("input", null, { type: "checkbox" }), style = data.styles[type];
    box.checked = !state.hidden.has(type);
    box.addEventListener("change", () => change(() => { if (box.checked) state.hidden.delete(type); else state.hidden.add(type); }));
    const mark = element("span", null, { class: `mark ${style.shape}` });
    mark.style.background = style.colour;
    return element("label", null, {}, box, mark, style.name);
  }));
}

function table(): void {
  const head = element("tr", null, {}, ...["from", "relation", "target", "times"].map(name => element("th", say(name), { scope: "col" })));
  const name = (iri: string) => nameOf(shown.things.get(iri)!);
  const rows = [...shown.links].sort(([, a], [, b]) => b.times - a.times || name(a.source).localeCompare(name(b.source), "zh"));
  const body = element("tbody", null, {}, ...rows.slice(0, 500).map(([id, link]) => element("tr", null, {},
    element("td", null, {}, button(name(link.source), () => read(link.source))), element("td", relationName(link.relation)),
    element("td", null, {}, button(name(link.target), () => read(link.target))),
    element("td", null, {}, button(String(link.times), () => read(id), { "aria-label": `${say("evidence")}: ${link.times}` })))));
  const linked = new Set([...shown.links.values()].flatMap(link => [link.source, link.target]));
  const lonely = [...shown.things.values()].filter(thing => !linked.has(thing.iri));
  parts.table.replaceChildren(element("h2", say("table")),
    ...lonely.slice(0, 50).map(thing => button(nameOf(thing), () => read(thing.iri))),
    element("div", null, { class: "scroll" }, element("table", null, {}, element("thead", null, {}, head), body)));
  parts.table.hidden = !shown.things.size;
}

// ── tools ──

function tools(): void {
  const box = element("input", null, { type: "search", placeholder: say("find"), "aria-label": say("find"), autocomplete: "off" });
  const found = element("ul", null, { class: "found", hidden: "" });
  let asked = 0;
  box.addEventListener("input", async () => {
    const mine = ++asked, text = box.value.trim();
    found.hidden = !text;
    if (!text) return;
    const things = await find(text).catch(() => []);
    if (mine !== asked) return;
    const items = things.slice(0, 12).map(one => element("li", null, {}, button(`${one.name} · ${data.styles[one.type]?.name ?? ""}`, () => {
      found.hidden = true;
      box.value = "";
      chosen = one.iri;
      opener = box;
      entering = true;
      change(() => states.add(state, one.iri));
    })));
    found.replaceChildren(...(items.length ? items : [element("li", say("nothing"))]));
  });
  box.addEventListener("keydown", event => {
    if (event.key === "Escape") found.hidden = true;
    if (event.key === "Enter") found.querySelector("button")?.click();
    if (event.key === "ArrowDown") { event.preventDefault(); found.querySelector("button")?.focus(); }
  });
  found.addEventListener("keydown", event => {
    const names = [...found.querySelectorAll("button")], at = names.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "Escape") { found.hidden = true; box.focus(); }
    if (event.key === "ArrowDown") names[Math.min(at + 1, names.length - 1)]?.focus();
    if (event.key === "ArrowUp") (at > 0 ? names[at - 1] : box).focus();
    if (["ArrowDown", "ArrowUp"].includes(event.key)) event.preventDefault();
  });
  const reports = element("select", null, { "aria-label": say("report") }, element("option", say("every_report"), { value: "" }),
    ...data.reports.map(report => element("option", report.name, { value: report.iri })));
  reports.value = state.document;
  reports.addEventListener("change", () => {
    if (state.roots.length) return change(() => { state.document = reports.value; });
    state.document = reports.value; // where to start is listed by the service
    location.assign(states.write(state));
  });
  const named = (kind: string) => `network.${kind}`;
  const files: [string, () => void][] = [
    ["PNG", () => download(named("png"), draw.png())],
    ["SVG", () => download(named("svg"), svg(shown, places), "image/svg+xml")],
    ["GraphML", () => download(named("graphml"), graphml(shown), "application/xml")],
    ["GEXF", () => download(named("gexf"), gexf(shown), "application/xml")],
    ["CSV", () => download(named("csv"), csv(shown), "text/csv")]
  ];
  parts.tools.append(
    element("div", null, { class: "finder" }, box, found), ...(data.reports.length > 1 ? [reports] : []),
    button(say("whole"), () => draw.fit()),
    button(say("copy"), async () => { await navigator.clipboard?.writeText(location.href).catch(() => undefined); speak(say("copied")); }),
    button(say("clear"), () => change(() => { state = states.read(""); places.clear(); chosen = ""; })),
    element("details", null, { class: "files" }, element("summary", say("download")), ...files.map(([name, give]) => button(name, give)))
  );
}

parts.panel.addEventListener("keydown", event => { if (event.key === "Escape") leave(); });
addEventListener("keydown", event => { if (event.key === "Escape" && pathFrom) { pathFrom = ""; speak(""); } });
addEventListener("popstate", () => { state = states.read(location.search); void show(); });
tools();
// Without anything chosen the list of where to start stays below.
const listing = document.getElementById("listing")!;
const follow = () => { listing.hidden = state.roots.length > 0; root.classList.toggle("empty", !state.roots.length); };
new MutationObserver(follow).observe(root, { attributes: true, attributeFilter: ["data-shown"] });
follow();
if (state.roots.length === 1 && !state.opened.length && !state.paths.length) {
  // A thing alone says nothing: its first relations are opened for the reader.
  chosen = state.roots[0];
  relationsOf(chosen, state.document).then(({ relations }) => {
    for (const { relation } of relations.filter(one => one.relation !== "named-in").slice(0, 3)) states.open(state, chosen, relation);
    history.replaceState(null, "", states.write(state));
    return show();
  }).catch(error => speak(say("failed") + error.message));
} else void show();
