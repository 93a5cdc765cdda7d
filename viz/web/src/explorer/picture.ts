// The things and links a state shows: what the service answered for each opened relation, put together.
import * as service from "./service";
import { data, type Link, type Thing } from "./service";
import type { State } from "./state";

export const CAP = 10_000; // things in the picture

export interface Picture {
  things: Map<string, Thing>;
  links: Map<string, Link>;
  more: Map<string, number>; // "node relation" → neighbours that are not shown
  parents: Map<string, string>; // a thing → the one it was opened from
  full: boolean;
}

const answers = new Map<string, Promise<unknown>>();

/** Asks once for the same. */
function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const before = answers.get(key) as Promise<T> | undefined;
  if (before) return before;
  const asked = ask();
  answers.set(key, asked);
  asked.catch(() => answers.delete(key));
  return asked;
}

export const relationsOf = (node: string, document: string) =>
  once(`relations ${node} ${document}`, () => service.relationsOf(node, document));

const neighbours = (node: string, relation: string, count: number, document: string) =>
  once(`neighbours ${node} ${relation} ${count} ${document}`, () => service.neighbours(node, relation, count, document));

const path = (from: string, to: string, document: string) =>
  once(`path ${from} ${to} ${document}`, () => service.pathBetween(from, to, document));

/** Everything a state shows. Throws what the service answered instead. */
export async function picture(state: State): Promise<Picture> {
  const found: Picture = { things: new Map(), links: new Map(), more: new Map(), parents: new Map(), full: false };
  const [roots, ways, opened] = await Promise.all([
    Promise.all(state.roots.map(iri => relationsOf(iri, state.document))),
    Promise.all(state.paths.map(([from, to]) => path(from, to, state.document))),
    Promise.all(state.opened.map(one => neighbours(one.node, one.relation, Math.min(one.count, 2000), state.document)))
  ]);
  roots.forEach(({ nodes }) => nodes.forEach(thing => take(found, state, thing)));
  ways.forEach(({ nodes, links }) => { nodes.forEach(thing => take(found, state, thing)); links.forEach(link => join(found, link)); });
  opened.forEach(({ nodes, links, more }, place) => {
    const { node, relation } = state.opened[place];
    if (more) found.more.set(`${node} ${relation}`, more);
    nodes.forEach(thing => { if (take(found, state, thing) && thing.iri !== node && !found.parents.has(thing.iri)) found.parents.set(thing.iri, node); });
    links.forEach(link => join(found, link));
  });
  return reachable(found, state);
}

function take(found: Picture, state: State, thing: Thing): boolean {
  if (found.things.has(thing.iri) || state.gone.has(thing.iri)) return false;
  if (state.hidden.has(thing.type) && !state.roots.includes(thing.iri)) return false;
  if (found.things.size >= CAP) { found.full = true; return false; }
  found.things.set(thing.iri, thing);
  return true;
}

/** A link is kept once, seen from its source. */
function join(found: Picture, link: Link): void {
  const turned = data.backward[link.relation];
  const same = turned ? { ...link, relation: turned, source: link.target, target: link.source } : link;
  const ends = same.relation === "actor-actor" ? [same.source, same.target].sort() : [same.source, same.target];
  found.links.set(`${same.relation} ${ends.join(" ")}`, { ...same, source: ends[0], target: ends[1] });
}

/** Without links whose ends are not shown, and without what was opened only from things that are gone. */
function reachable(found: Picture, state: State): Picture {
  const kept = new Set<string>([...state.roots, ...state.paths.flat()]);
  const around = new Map<string, string[]>();
  for (const { source, target } of found.links.values()) {
    (around.get(source) ?? around.set(source, []).get(source)!).push(target);
    (around.get(target) ?? around.set(target, []).get(target)!).push(source);
  }
  const queue = [...kept];
  for (let iri = queue.pop(); iri !== undefined; iri = queue.pop())
    for (const other of around.get(iri) ?? []) if (!kept.has(other) && found.things.has(other)) { kept.add(other); queue.push(other); }
  for (const iri of [...found.things.keys()]) if (!kept.has(iri)) found.things.delete(iri);
  for (const [key, link] of [...found.links]) if (!found.things.has(link.source) || !found.things.has(link.target)) found.links.delete(key);
  return found;
}
