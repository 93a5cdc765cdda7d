// What the service answers about the network, and the data the page came with.
export interface Thing { iri: string; names: Record<string, string>; type: string }
export interface Link { source: string; relation: string; target: string; times: number; documents: string[] }
export interface Relation { relation: string; others: number; times: number }
export interface Statement { iri: string; document: string; title: string; section: string; words: string }
export interface Style { shape: string; colour: string; name: string }
interface PageData {
  address: string;
  base: string;
  root: string; // the path the service stands under
  language: "zh" | "en";
  start: string;
  relations: Record<string, string>;
  backward: Record<string, string>; // a relation seen from its target → the same seen from its source
  reports: { iri: string; name: string }[];
  styles: Record<string, Style>;
  words: Record<string, string>;
}

export const data: PageData = JSON.parse(document.getElementById("data")!.textContent!);

/** A word of the page, with its {values} put in. */
export const say = (name: string, values: Record<string, string | number> = {}): string =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, String(value)), data.words[name] ?? name);

/** An IRI without the base, as addresses carry it, and back. */
export const shorten = (iri: string): string => iri.startsWith(data.base) ? iri.slice(data.base.length) : iri;
export const expand = (short: string): string => /^[a-z][a-z0-9+.-]*:/i.test(short) ? short : data.base + short;

/** The name of a thing in the reader's language. */
export const nameOf = (thing: Thing): string =>
  thing.names[data.language] || thing.names.zh || Object.values(thing.names)[0] || shorten(thing.iri);

/** The page of a thing at this service. */
export const pageOf = (iri: string): string =>
  iri.startsWith(data.base) ? `${data.root}${iri.slice(data.base.length)}?lang=${data.language}` : iri;

export const relationName = (relation: string): string => data.relations[relation] ?? relation;

async function get<T>(address: string, parameters: Record<string, string>): Promise<T> {
  const given = Object.entries(parameters).filter(([, value]) => value);
  const response = await fetch(`${address}?${new URLSearchParams(given)}`);
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}

const network = <T>(parameters: Record<string, string>) => get<T>(`${data.address}.json`, parameters);

export const relationsOf = (node: string, document: string) =>
  network<{ nodes: Thing[]; relations: Relation[] }>({ node, document });

export const neighbours = (node: string, relation: string, most: number, document: string) =>
  network<{ nodes: Thing[]; links: Link[]; more: number }>({ node, relation, most: String(most), document });

export const pathBetween = (node: string, to: string, document: string) =>
  network<{ nodes: Thing[]; links: Link[] }>({ node, to, document });

export const statements = (node: string, other: string) => network<{ statements: Statement[] }>({ node, other });

/** Things whose name holds a text. */
export async function find(text: string): Promise<{ iri: string; name: string; type: string }[]> {
  const found = await get<{ results: { bindings: Record<string, { value: string }>[] } }>(`${data.root}search.json`, { q: text });
  return found.results.bindings
    .filter(row => row.kind.value in data.styles && row.iri.value.startsWith("http"))
    .map(row => ({ iri: row.iri.value, name: row.text.value, type: row.kind.value }));
}
