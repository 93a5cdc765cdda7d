// Yasqe with completion of our own: its bundled completers ask servers elsewhere.
import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import { pick } from "./words.js";
import { data, shorten } from "./terms.js";

const LISTED = 60;
const terms = new Map(data.terms.map(term => [term.iri, term]));

/** What is in the data, asked once: terms the ontology does not have, and how often each is used. */
export async function learn() {
  try {
    const answer = await fetch(data.root + "/sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
      body: data.used
    });
    if (!answer.ok) return;
    for (const row of (await answer.json()).results.bindings) {
      const term = terms.get(row.term.value) || { iri: row.term.value, kind: row.kind.value, label: ["", ""] };
      terms.set(term.iri, { ...term, count: Number(row.count?.value || 1) });
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the service is away: the ontology's terms are there
  }
}

/** The kind of term the cursor asks for: a class after "a", else a property. */
function wanted(yasqe) {
  const token = yasqe.getCompleteToken(), cursor = yasqe.getDoc().getCursor();
  const before = yasqe.getPreviousNonWsToken(cursor.line, token);
  return before && ["a", "rdf:type"].includes(before.string) ? "class" : "property";
}

/** How well a term fits what was typed, 0 best; null where it does not. */
function fit(term, name, typed) {
  const low = typed.toLowerCase(), local = name.slice(name.indexOf(":") + 1);
  if (name.startsWith(typed)) return 0;
  if (name.toLowerCase().startsWith(low)) return 1;
  if (local.toLowerCase().startsWith(low)) return 2;
  return term.label.some(label => label.toLowerCase().includes(low)) ? 3 : null;
}

/** Terms for what was typed: those that fit best first, of those the ones used most. */
function matching(typed, kind) {
  const found = [];
  for (const term of terms.values()) {
    if (kind === "class" && term.kind !== "class") continue;
    const name = shorten(term.iri), place = fit(term, name, typed);
    if (place !== null) found.push({ iri: term.iri, name, place, strange: term.kind !== kind, count: term.count || 0 });
  }
  return found.sort((a, b) => a.place - b.place || a.strange - b.strange || b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, LISTED);
}

function hint(term) {
  return {
    text: /^[\w-]+:[\w.-]*$/.test(term.name) ? term.name : `<${term.iri}>`,
    render(item) {
      const label = document.createElement("small");
      label.textContent = [pick(term.label), term.count ? `×${term.count}` : ""].filter(Boolean).join(" ");
      item.append(term.name, label);
    }
  };
}

const PREFIXED = /^[A-Za-z][\w-]*:[\w.-]*$/;

/** What is being written at the cursor: null inside text, comments, IRIs and declarations. */
function token(yasqe) {
  const token = yasqe.getCompleteToken(), cursor = yasqe.getDoc().getCursor();
  const line = yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
  if (/^\s*PREFIX\b/i.test(line) || /^[?$"'<#]/.test(token.string) || token.type === "comment") return null;
  return token.string.trim();
}

const common = {
  bulk: false,
  persistenceId: null,
  get: (yasqe, token) => matching(token.string.trim(), wanted(yasqe)).map(found => found.iri),
  postprocessHints: (yasqe, hints) => hints.map(suggestion => ({ ...suggestion, ...hint({ ...terms.get(suggestion.text), name: shorten(suggestion.text) }) }))
};
// As one types pg:… ; by Ctrl-Space also after a blank or on a word, in Chinese too.
const namedCompleter = {
  ...common, name: "terms", autoShow: true,
  isValidCompletionPosition: yasqe => PREFIXED.test(token(yasqe) ?? "")
};
const wordCompleter = {
  ...common, name: "words", autoShow: false,
  isValidCompletionPosition: yasqe => /^[\w\u4e00-\u9fff]*$/.test(token(yasqe) ?? ":")
};

const prefixCompleter = {
  name: "prefixes",
  bulk: false,
  autoShow: true,
  persistenceId: null,
  isValidCompletionPosition(yasqe) {
    const cursor = yasqe.getDoc().getCursor();
    return /^\s*PREFIX\s+[\w-]*:?$/i.test(yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch));
  },
  get: (yasqe, token) => Object.entries(data.prefixes)
    .filter(([prefix]) => `${prefix}:`.startsWith(token.string.trim()))
    .map(([prefix, space]) => `${prefix}: <${space}>`)
};

/** Declare each known prefix that is used and not declared. */
function declare(yasqe) {
  const declared = yasqe.getPrefixesFromQuery();
  const text = yasqe.getValue().replace(/#[^\n]*|<[^>]*>|"[^"]*"/g, "");
  for (const [, prefix] of text.matchAll(/(?:^|[\s;.,(){}/|^!])([A-Za-z][\w-]*):(?=[A-Za-z])/g))
    if (data.prefixes[prefix] && !(prefix in declared)) {
      declared[prefix] = data.prefixes[prefix];
      yasqe.addPrefixes({ [prefix]: data.prefixes[prefix] });
    }
}

for (const completer of [prefixCompleter, namedCompleter, wordCompleter]) Yasqe.registerAutocompleter(completer);
// The list is merged by place into that of the configuration, so it is set here.
Yasqe.defaults.autocompleters = ["prefixes", "terms", "words", "variables"];

/** The editor; run is called on Ctrl-Enter. */
export function edit(parent, run) {
  const yasqe = new Yasqe(parent, {
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "100%",
    lineWrapping: true,
    foldGutter: false,
    gutters: ["gutterErrorBar", "CodeMirror-linenumbers"],
    hintConfig: { container: document.body }
  });
  yasqe.showNotification = () => {};
  const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => {} };
  yasqe.setOption("extraKeys", { ...yasqe.getOption("extraKeys"), ...keys });
  yasqe.on("change", (_, change) => change.origin !== "setValue" && declare(yasqe));
  yasqe.getInputField().setAttribute("aria-label", "SPARQL");
  return yasqe;
}
