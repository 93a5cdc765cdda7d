// A CONSTRUCT as a network, drawn like the views: given positions, colours by type, no physics.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { at, element } from "./page.js";
import { address, data, shorten } from "./terms.js";
import { say, spoken } from "./words.js";

export const CAP = 150; // nodes drawn; more cannot be read
const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const NAMES = ["prefLabel", "label", "title", "name", "quote"];
const LINE = 21, LETTER = 17, WIDE = 9, OTHER = { shape: "box", colour: "#64748b" };

let library;
const load = () => (library ||= new Promise((resolve, reject) => {
  const script = element("script", undefined, { src: data.assets + "vis-network.js" });
  script.addEventListener("load", () => resolve(window.vis));
  script.addEventListener("error", () => reject(new TypeError("vis-network")));
  document.head.append(script);
}));

const breadth = text => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 1 : 0.58), 0);
const local = iri => iri.slice(Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1);

function wrap(label) {
  const lines = [""];
  for (const letter of label) {
    if (breadth(lines.at(-1) + letter) > WIDE) lines.push("");
    lines[lines.length - 1] += letter;
  }
  return lines.length > 3 ? `${lines.slice(0, 3).join("\n").slice(0, -1)}…` : lines.join("\n");
}

/** Nodes and links of triples: literals name a node or are its values; with no links they are nodes. */
export function network(triples) {
  const nodes = new Map(), links = [];
  const linked = triples.some(([, predicate, object]) => object.type !== "literal" && predicate.value !== RDF_TYPE);
  const node = term => {
    const id = term.type === "literal" ? `"${term.value}` : term.value;
    if (!nodes.has(id)) nodes.set(id, { id, term, names: {}, kind: "", values: [], degree: 0 });
    return nodes.get(id);
  };
  for (const [subject, predicate, object] of triples) {
    const from = node(subject);
    if (predicate.value === RDF_TYPE) {
      if (data.marks[local(object.value)]) from.kind = local(object.value);
    } else if (object.type === "literal" && NAMES.includes(local(predicate.value))) {
      const tag = (object["xml:lang"] || "").slice(0, 2), rank = NAMES.indexOf(local(predicate.value));
      if (!(tag in from.names) || rank < from.names[tag].rank) from.names[tag] = { text: object.value, rank };
    } else if (object.type === "literal" && linked) {
      from.values.push([shorten(predicate.value), object.value]);
    } else {
      const to = node(object);
      links.push({ from: from.id, to: to.id, label: local(predicate.value), iri: predicate.value });
      from.degree++;
      to.degree++;
    }
  }
  const all = [...nodes.values()].filter(node => node.degree).sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
  const kept = new Set(all.slice(0, CAP).map(node => node.id));
  const drawn = links.filter(link => kept.has(link.from) && kept.has(link.to));
  const touched = new Set(drawn.flatMap(link => [link.from, link.to]));
  return { nodes: all.filter(node => touched.has(node.id)), links: drawn, left: all.length - touched.size };
}

const named = node => (node.names[spoken()] || node.names.zh || node.names.en || Object.values(node.names)[0])?.text
  || (node.term.type === "uri" ? shorten(node.term.value) : node.term.value);

/** Where the nodes stand, spread as wide as the stage is against its height. */
function place(nodes, links, ratio) {
  const placed = nodes.map(one => {
    const lines = wrap(one.name).split("\n");
    return { id: one.id, reach: Math.max(Math.max(...lines.map(breadth)) * LETTER / 2, lines.length * LINE / 2) + 14 };
  });
  forceSimulation(placed)
    .force("link", forceLink(links.map(link => ({ source: link.from, target: link.to }))).id(one => one.id).distance(110))
    .force("charge", forceManyBody().strength(-420))
    .force("collide", forceCollide(one => one.reach).iterations(2))
    .force("x", forceX().strength(0.06 / ratio)).force("y", forceY().strength(0.06 * ratio))
    .stop().tick(260);
  return new Map(placed.map(one => [one.id, one]));
}

/** Draw the triples into the stage; says how many were left out. */
export async function draw(box, triples) {
  const graph = network(triples);
  if (!graph.nodes.length) {
    box.replaceChildren(element("p", say("unlinked"), { class: "note" }));
    return;
  }
  const vis = await load();
  for (const node of graph.nodes) node.name = named(node);
  const style = getComputedStyle(document.documentElement), colour = name => style.getPropertyValue("--" + name).trim();
  const face = getComputedStyle(document.body).fontFamily;
  const stage = element("div", undefined, { id: "stage" }), legend = element("div", undefined, { id: "legend" });
  const detail = element("aside", undefined, { id: "detail", hidden: "" });
  stage.append(element("div", undefined, { id: "network" }), detail);
  box.replaceChildren(legend, stage);
  const spots = place(graph.nodes, graph.links, Math.min(3, Math.max(0.5, stage.clientWidth / (stage.clientHeight || 1))));

  for (const kind of [...new Set(graph.nodes.map(node => node.kind))].sort()) {
    const mark = data.marks[kind] || { ...OTHER, zh: say("other"), en: say("other") };
    const label = element("label"), sign = element("span", undefined, { class: "mark" });
    sign.style.background = mark.colour;
    sign.style.borderRadius = ["ellipse", "dot"].includes(mark.shape) ? "50%" : "3px";
    label.append(sign, mark[spoken()]);
    legend.append(label);
  }
  const said = say("drawn")(graph.nodes.length, graph.links.length) + (graph.left ? ` · ${say("left")(graph.left)}` : "");
  legend.append(element("span", said, { class: "note" }));

  const nodes = new vis.DataSet(graph.nodes.map(node => {
    const mark = data.marks[node.kind] || OTHER, fill = { background: mark.colour, border: mark.colour };
    return {
      id: node.id, label: wrap(node.name), shape: mark.shape, x: spots.get(node.id).x, y: spots.get(node.id).y,
      size: 9 + 1.5 * Math.min(node.degree, 8),
      color: { ...fill, highlight: { ...fill, border: colour("ink") }, hover: { ...fill, border: colour("ink") } },
      font: { size: LETTER, face, color: ["box", "ellipse"].includes(mark.shape) ? "#fff" : colour("ink") }
    };
  }));
  const edges = new vis.DataSet(graph.links.map((link, id) => ({ id, ...link, title: shorten(link.iri) })));
  const drawing = new vis.Network(at("network"), { nodes, edges }, {
    physics: false, layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 120, keyboard: false },
    nodes: { borderWidth: 1, borderWidthSelected: 3, margin: 8, shapeProperties: { borderRadius: 5 } },
    edges: {
      arrows: { to: { enabled: true, scaleFactor: 0.45 } }, width: 1, smooth: false,
      color: { color: colour("edge"), highlight: colour("accent"), hover: colour("accent") },
      font: { size: LETTER - 4, face, color: colour("soft"), strokeWidth: 4, strokeColor: colour("paper"), align: "horizontal" }
    }
  });
  drawing.fit({ animation: false, maxZoomLevel: 1.1 });
  drawing.on("click", event => event.nodes.length ? show(event.nodes[0]) : (detail.hidden = true));
  drawing.once("afterDrawing", () => { document.documentElement.dataset.drawn = String(graph.nodes.length); });

  function show(id) {
    const node = graph.nodes.find(one => one.id === id), close = element("button", "×", { class: "close", "aria-label": say("close") });
    close.addEventListener("click", () => { detail.hidden = true; });
    const mark = data.marks[node.kind];
    detail.replaceChildren(close, element("h2", node.name), element("div", mark ? mark[spoken()] : "", { class: "kind" }));
    const where = node.term.type === "uri" && address(node.term.value, spoken());
    if (where) detail.append(element("a", say("open"), { href: where, rel: "noreferrer" }));
    if (node.values.length) detail.append(element("h3", say("values")));
    for (const [name, value] of node.values.slice(0, 20)) {
      const line = element("div", value, { class: "value" });
      line.prepend(element("span", `${name} `));
      detail.append(line);
    }
    detail.append(element("h3", say("links")));
    for (const link of graph.links.filter(one => one.from === id || one.to === id).slice(0, 60)) {
      const other = link.from === id ? link.to : link.from, line = element("button", undefined, { class: "link" });
      line.append(element("span", link.from === id ? `${link.label} →` : `← ${link.label}`), ` ${graph.nodes.find(one => one.id === other).name}`);
      line.addEventListener("click", () => { drawing.selectNodes([other]); show(other); });
      detail.append(line);
    }
    detail.hidden = false;
    detail.scrollTop = 0;
  }
}
