// The picture as a file: GraphML and GEXF for other programs, SVG for print, CSV for a table.
import type { Place } from "./layout";
import type { Picture } from "./picture";
import { data, nameOf, relationName } from "./service";

// What XML cannot hold is left out.
const xml = (text: string): string => text
  // eslint-disable-next-line no-control-regex
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
  .replace(/[&<>"]/g, letter => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]!);

const typeName = (type: string): string => data.styles[type]?.name ?? type;

export function graphml(picture: Picture): string {
  const nodes = [...picture.things.values()].map(thing =>
    `<node id="${xml(thing.iri)}"><data key="label">${xml(nameOf(thing))}</data><data key="type">${xml(thing.type)}</data></node>`);
  const edges = [...picture.links.values()].map((link, at) =>
    `<edge id="e${at}" source="${xml(link.source)}" target="${xml(link.target)}"><data key="relation">${xml(relationName(link.relation))}</data><data key="times">${link.times}</data></edge>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="type" for="node" attr.name="type" attr.type="string"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="times" for="edge" attr.name="times" attr.type="int"/>
<graph edgedefault="directed">
${[...nodes, ...edges].join("\n")}
</graph>
</graphml>
`;
}

export function gexf(picture: Picture): string {
  const nodes = [...picture.things.values()].map(thing =>
    `<node id="${xml(thing.iri)}" label="${xml(nameOf(thing))}"><attvalues><attvalue for="type" value="${xml(thing.type)}"/></attvalues></node>`);
  const edges = [...picture.links.values()].map((link, at) =>
    `<edge id="${at}" source="${xml(link.source)}" target="${xml(link.target)}" label="${xml(relationName(link.relation))}" weight="${link.times}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="type" title="type" type="string"/></attributes>
<nodes>
${nodes.join("\n")}
</nodes>
<edges>
${edges.join("\n")}
</edges>
</graph>
</gexf>
`;
}

export function svg(picture: Picture, places: ReadonlyMap<string, Place>): string {
  const all = [...picture.things.keys()].map(iri => places.get(iri)!);
  const xs = all.map(place => place[0]), ys = all.map(place => place[1]);
  const left = Math.min(...xs) - 90, top = Math.min(...ys) - 50;
  const wide = Math.max(...xs) + 90 - left, high = Math.max(...ys) + 60 - top;
  const point = (iri: string) => places.get(iri)!.map(Math.round);
  const lines = [...picture.links.values()].map(link => {
    const [x1, y1] = point(link.source), [x2, y2] = point(link.target);
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#aab4c0"><title>${xml(relationName(link.relation))}</title></line>`;
  });
  const dots = [...picture.things.values()].map(thing => {
    const [x, y] = point(thing.iri), fill = (data.styles[thing.type] ?? data.styles.Concept).colour;
    return `<g><title>${xml(typeName(thing.type))}</title><circle cx="${x}" cy="${y}" r="11" fill="${fill}"/><text x="${x}" y="${y + 26}" text-anchor="middle">${xml(nameOf(thing))}</text></g>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="${Math.round(left)} ${Math.round(top)} ${Math.round(wide)} ${Math.round(high)}" font-family="sans-serif" font-size="13">
${[...lines, ...dots].join("\n")}
</svg>
`;
}

/** The links as a table; a cell a spreadsheet would run is given a quote mark before it. */
export function csv(picture: Picture): string {
  const cell = (text: string | number): string => {
    const safe = /^[=+\-@\t\r]/.test(String(text)) ? `'${text}` : String(text);
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const name = (iri: string) => nameOf(picture.things.get(iri)!);
  const rows = [...picture.links.values()].map(link =>
    [name(link.source), relationName(link.relation), name(link.target), link.times, link.source, link.target, link.documents.join(" ")]);
  const head = ["source", "relation", "target", "times", "source_iri", "target_iri", "documents"];
  return `\ufeff${[head, ...rows].map(row => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
