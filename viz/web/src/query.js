// The SPARQL page: examples, editor, answers. It asks this service only.
import "./query.css";
import { edit, learn } from "./editor.js";
import { draw } from "./network.js";
import { at, element } from "./page.js";
import { raw, table } from "./results.js";
import { data, triples } from "./terms.js";
import { pick, say, speak, spoken } from "./words.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
let asked = null; // the AbortController of the running query
let answer = null; // { kind: rows|graph|truth, columns, rows, triples, text, said, query }
let shown = "table";

const ask = (query, accept, signal) => fetch(data.root + "/sparql", {
  method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: query, signal
});

async function run() {
  if (asked) asked.abort();
  const mine = asked = new AbortController(), query = yasqe.getValue(), began = performance.now();
  remember();
  busy(true);
  complain("");
  delete document.documentElement.dataset.answered;
  delete document.documentElement.dataset.drawn;
  try {
    const response = await ask(query, ACCEPT, mine.signal);
    const text = await response.text().catch(() => { throw new SyntaxError(say("capped")); });
    if (!response.ok) return complain(text.trim() || `${response.status} ${response.statusText}`);
    take(query, response, text, Math.round(performance.now() - began));
  } catch (error) {
    if (error.name === "AbortError") return;
    complain(error instanceof SyntaxError ? say("broken") + error.message : say("lost"));
  } finally {
    if (asked === mine) { asked = null; busy(false); }
    document.documentElement.dataset.answered = String(Number(document.documentElement.dataset.answers || 0) + 1);
    document.documentElement.dataset.answers = document.documentElement.dataset.answered;
  }
}

function take(query, response, text, taken) {
  const type = response.headers.get("Content-Type") || "";
  if (type.includes("json")) {
    const results = JSON.parse(text);
    answer = "boolean" in results ? { kind: "truth", truth: results.boolean } : { kind: "rows", columns: results.head.vars.filter(name => !name.endsWith(data.hidden)), rows: results.results.bindings };
    answer.text = JSON.stringify(results, null, 2);
  } else {
    answer = { kind: "graph", triples: triples(text), text };
    answer.columns = ["subject", "predicate", "object"];
    answer.rows = answer.triples.map(([subject, predicate, object]) => ({ subject, predicate, object }));
  }
  answer.query = query;
  answer.taken = taken;
  answer.capped = data.capped.some(name => response.headers.get(name));
  if (answer.kind === "graph" && shown === "table") shown = "network";
  if (answer.kind !== "graph" && shown === "network") shown = "table";
  present();
}

/** Show the answer in the chosen form. */
function present() {
  const box = at("answer");
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", String(tab.dataset.form === shown));
    tab.disabled = !answer || (tab.dataset.form === "network" && answer.kind !== "graph");
    tab.title = tab.dataset.form === "network" && answer && answer.kind !== "graph" ? say("select") : "";
  }
  at("said").textContent = summary();
  downloads();
  if (!answer) return;
  box.className = shown;
  if (shown === "raw") return raw(box, answer.text);
  if (answer.kind === "truth") return box.replaceChildren(element("p", say(answer.truth ? "yes" : "no"), { class: "truth" }));
  if (shown === "network") return void draw(box, answer.triples).catch(() => complain(say("lost")));
  table(box, answer.columns, answer.rows);
}

function summary() {
  if (!answer) return "";
  const words = answer.kind === "truth" ? `${answer.taken} ms` : say(answer.kind === "rows" ? "rows" : "triples")(answer.rows.length, answer.taken);
  return answer.capped ? `${words} · ${say("capped")}` : words;
}

function downloads() {
  const box = at("downloads");
  box.replaceChildren();
  if (!answer || answer.kind === "truth") return;
  box.append(element("span", say("download")));
  for (const [name, type, suffix] of data.formats[answer.kind]) {
    const button = element("button", name, { "data-suffix": suffix });
    button.addEventListener("click", () => save(type, suffix));
    box.append(button);
  }
}

async function save(type, suffix) {
  try {
    const response = await ask(answer.query, type);
    if (!response.ok) return complain((await response.text()).trim());
    const link = element("a", undefined, { href: URL.createObjectURL(await response.blob()), download: `policygraph.${suffix}` });
    link.click();
    URL.revokeObjectURL(link.href);
  } catch {
    complain(say("lost"));
  }
}

/** What the endpoint says, as it says it, and the place it names marked in the editor. */
function complain(text) {
  at("error").hidden = !text;
  at("error").textContent = text;
  document.querySelectorAll(".CodeMirror-linebackground.wrong").forEach(line => line.remove());
  yasqe.eachLine(line => yasqe.removeLineClass(line, "background", "wrong"));
  const place = /(?:line |at )(\d+)(?:, column |:)(\d+)/.exec(text);
  if (!place) return;
  const [line, column] = [Number(place[1]) - 1, Number(place[2]) - 1];
  yasqe.addLineClass(line, "background", "wrong");
  yasqe.getDoc().setCursor(line, column);
}

function busy(running) {
  at("run").dataset.word = running ? "stop" : "run";
  at("run").textContent = say(at("run").dataset.word);
  if (running) at("said").textContent = say("running");
}

/** The address holds the query, so that it can be passed on. */
function remember() {
  const fragment = new URLSearchParams({ query: yasqe.getValue() });
  history.replaceState(null, "", `${location.pathname}${location.search}#${fragment}`);
}

function recall() {
  const given = new URLSearchParams(location.hash.slice(1)).get("query") ?? new URLSearchParams(location.search).get("query");
  return given?.trim() ? given : null;
}

function choose(example) {
  yasqe.setValue(example.sparql);
  document.body.classList.remove("choosing");
  for (const button of document.querySelectorAll("#examples button")) button.setAttribute("aria-current", String(button.dataset.name === example.name));
  run();
}

function examples(text) {
  const box = at("examples"), wanted = text.trim().toLowerCase();
  box.replaceChildren();
  for (const group of data.examples) {
    const fitting = group.queries.filter(query =>
      [query.name, ...query.title, ...query.question].some(words => words.toLowerCase().includes(wanted)));
    if (!fitting.length) continue;
    box.append(element("h2", pick(group.label)));
    for (const query of fitting) {
      const button = element("button", undefined, { "data-name": query.name });
      button.append(element("b", pick(query.title)), element("span", pick(query.question)));
      button.addEventListener("click", () => choose(query));
      box.append(button);
    }
  }
  if (!box.children.length) box.append(element("p", say("nothing"), { class: "note" }));
}

const yasqe = edit(at("editor"), run);
yasqe.getScrollerElement().tabIndex = 0; // what scrolls is reached by the keyboard
speak(new URLSearchParams(location.search).get("lang")?.startsWith("en") ? "en" : new URLSearchParams(location.search).has("lang") ? "zh" : spoken());
examples("");
at("filter").addEventListener("input", event => examples(event.target.value));
at("run").addEventListener("click", () => asked ? (asked.abort(), asked = null, busy(false), present()) : run());
at("choose").addEventListener("click", () => document.body.classList.toggle("choosing"));
at("language").addEventListener("click", event => {
  event.preventDefault();
  speak(spoken() === "zh" ? "en" : "zh");
  const search = new URLSearchParams(location.search);
  search.set("lang", spoken());
  history.replaceState(null, "", `?${search}${location.hash}`);
  examples(at("filter").value);
  present();
});
at("share").addEventListener("click", async () => {
  remember();
  await navigator.clipboard?.writeText(location.href);
  at("said").textContent = say("shared");
});
for (const tab of document.querySelectorAll("[role=tab]"))
  tab.addEventListener("click", () => { shown = tab.dataset.form; present(); });

const given = recall();
yasqe.setValue(given ?? data.first);
if (given) run();
learn().then(() => { document.documentElement.dataset.learned = "true"; });
present();
document.documentElement.dataset.ready = "true";
