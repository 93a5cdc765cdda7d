// What the reader has opened: all of it stands in the address, so that a link shows the same picture.
import { data, expand, shorten } from "./service";

export const FIRST = 30; // neighbours a click brings
const MORE = 100; // neighbours each further click brings

export interface Opened { node: string; relation: string; count: number }
export interface State {
  roots: string[]; // things that were looked up
  opened: Opened[]; // relations that were opened, in order
  paths: [string, string][];
  gone: Set<string>; // things taken out of the picture
  hidden: Set<string>; // types that are not shown
  pins: Map<string, [number, number]>;
  question: string; // the question the picture began with, which the page says at its top
  document: string; // only what this report states
}

const pair = (text: string, parts: number): string[] => {
  const cut = text.split("~");
  return [...cut.slice(0, parts - 1), cut.slice(parts - 1).join("~")];
};

/** The state an address tells. */
export function read(query: string): State {
  const given = new URLSearchParams(query), all = (name: string) => given.getAll(name);
  return {
    roots: all("node").map(expand),
    opened: all("open").map(text => pair(text, 3)).filter(([, count, node]) => node && Number(count) > 0)
      .map(([relation, count, node]) => ({ relation, count: Number(count), node: expand(node) })),
    paths: all("path").map(text => pair(text, 2)).filter(ends => ends[1]).map(([from, to]): [string, string] => [expand(from), expand(to)]),
    gone: new Set(all("gone").map(expand)),
    hidden: new Set(all("hide")),
    pins: new Map(all("pin").map(text => pair(text, 3)).filter(parts => parts[2])
      .map(([x, y, node]): [string, [number, number]] => [expand(node), [Number(x), Number(y)]])),
    question: given.get("question") ?? "",
    document: given.get("document") ?? ""
  };
}

/** The address of a state. */
export function write(state: State): string {
  const query = new URLSearchParams();
  state.roots.forEach((iri, place) => query.append("node", place ? shorten(iri) : iri)); // the first is read by the service
  state.opened.forEach(one => query.append("open", `${one.relation}~${one.count}~${shorten(one.node)}`));
  state.paths.forEach(ends => query.append("path", ends.map(shorten).join("~")));
  state.gone.forEach(iri => query.append("gone", shorten(iri)));
  state.hidden.forEach(type => query.append("hide", type));
  state.pins.forEach(([x, y], iri) => query.append("pin", `${Math.round(x)}~${Math.round(y)}~${shorten(iri)}`));
  if (state.question) query.set("question", state.question);
  if (state.document) query.set("document", state.document);
  query.set("lang", data.language);
  return `${data.address}?${query}`;
}

/** Opens a relation of a thing, or shows more of it. */
export function open(state: State, node: string, relation: string): void {
  const before = state.opened.find(one => one.node === node && one.relation === relation);
  if (before) before.count += MORE;
  else state.opened.push({ node, relation, count: FIRST });
}

export function close(state: State, node: string, relation: string): void {
  state.opened = state.opened.filter(one => one.node !== node || one.relation !== relation);
}

export const isOpen = (state: State, node: string, relation: string): boolean =>
  state.opened.some(one => one.node === node && one.relation === relation);

/** Takes a thing out, with what was opened from it. */
export function remove(state: State, node: string): void {
  state.gone.add(node);
  state.opened = state.opened.filter(one => one.node !== node);
  state.roots = state.roots.filter(iri => iri !== node);
  state.paths = state.paths.filter(ends => !ends.includes(node));
  state.pins.delete(node);
}

export function add(state: State, node: string): void {
  state.gone.delete(node);
  if (!state.roots.includes(node)) state.roots.push(node);
}
