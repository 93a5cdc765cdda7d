// The picture on a canvas: places are given, nothing moves by itself; shape and colour tell the type.
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from "cytoscape";
import type { Place } from "./layout";
import type { Picture } from "./picture";
import { data, nameOf, relationName } from "./service";

const SHAPES: Record<string, string> = {
  box: "round-rectangle", ellipse: "ellipse", dot: "ellipse", star: "star", hexagon: "hexagon",
  diamond: "diamond", triangle: "triangle", text: "rectangle"
};
const MANY = 1500; // things from which moving the view draws less

export interface Drawing {
  show(picture: Picture, places: ReadonlyMap<string, Place>): void;
  select(id: string): void;
  fit(): void;
  png(): Blob;
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function styles(): StylesheetJson {
  const ink = colour("ink"), soft = colour("soft"), paper = colour("paper"), edge = colour("edge"), accent = colour("accent");
  return [
    { selector: "node", style: {
      label: "data(name)", "font-size": 13, "font-family": getComputedStyle(document.body).fontFamily, color: ink,
      "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": "110px", "text-overflow-wrap": "anywhere",
      "text-background-color": paper, "text-background-opacity": 0.8, "text-background-padding": "1px", "min-zoomed-font-size": 6,
      width: "data(size)", height: "data(size)", "background-color": "data(colour)", "border-width": 0
    } },
    ...Object.entries(data.styles).map(([type, style]): StylesheetJson[number] =>
      ({ selector: `node[type = "${type}"]`, style: { shape: (SHAPES[style.shape] ?? "ellipse") as "ellipse" } })),
    { selector: "node[?pinned]", style: { "border-width": 2, "border-color": ink, "border-style": "double" } },
    { selector: "edge", style: {
      width: "data(width)", "line-color": edge, "curve-style": "bezier", "control-point-step-size": 26, "target-arrow-shape": "triangle", "target-arrow-color": edge, "arrow-scale": 0.7
    } },
    { selector: "edge.plain", style: { "curve-style": "haystack", "target-arrow-shape": "none" } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": accent, "font-weight": "bold" } },
    { selector: "edge:selected, edge.near", style: {
      "line-color": accent, "target-arrow-color": accent, label: "data(name)", "font-size": 11, color: soft, "text-background-color": paper,
      "text-background-opacity": 0.9, "text-rotation": "autorotate"
    } }
  ];
}

function elements(picture: Picture, places: ReadonlyMap<string, Place>, pinned: (iri: string) => boolean): ElementDefinition[] {
  const degree = new Map<string, number>();
  for (const { source, target } of picture.links.values())
    for (const iri of [source, target]) degree.set(iri, (degree.get(iri) ?? 0) + 1);
  const things = [...picture.things.values()].map((thing): ElementDefinition => {
    const [x, y] = places.get(thing.iri)!;
    const style = data.styles[thing.type] ?? data.styles.Concept;
    return {
      group: "nodes", position: { x, y },
      data: { id: thing.iri, name: nameOf(thing), type: thing.type, colour: style.colour, pinned: pinned(thing.iri) || undefined, size: 18 + 2 * Math.min(degree.get(thing.iri) ?? 0, 14) }
    };
  });
  const links = [...picture.links].map(([id, link]): ElementDefinition => ({
    group: "edges", data: { id, source: link.source, target: link.target, name: relationName(link.relation), width: 1 + Math.min(Math.log2(link.times), 4) }
  }));
  return [...things, ...links];
}

/** A drawing in a box; it tells what was chosen and what was moved. */
export function drawing(
  box: HTMLElement,
  told: { chosen: (id: string) => void; nothing: () => void; moved: (iri: string, place: Place) => void; pinned: (iri: string) => boolean }
): Drawing {
  const core: Core = cytoscape({ container: box, style: styles(), minZoom: 0.05, maxZoom: 3, textureOnViewport: false, hideEdgesOnViewport: false });
  core.on("tap", "node, edge", event => told.chosen(event.target.id()));
  core.on("tap", event => { if (event.target === core) told.nothing(); });
  core.on("dragfree", "node", event => { const { x, y } = event.target.position(); told.moved(event.target.id(), [x, y]); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => core.style(styles()));
  const fit = () => {
    core.resize();
    core.fit(undefined, 40);
    if (core.zoom() > 1.2) { core.zoom(1.2); core.center(); }
    // Names stay legible where the whole picture is seen from afar.
    core.nodes().style("font-size", Math.min(22, Math.max(13, 11 / core.zoom())));
    const box = core.elements().boundingBox(); // which the larger names have made wider
    if (Math.max(box.w * core.zoom() - core.width(), box.h * core.zoom() - core.height()) > -20) core.fit(undefined, 20);
  };
  let wide = box.clientWidth, high = box.clientHeight;
  new ResizeObserver(() => {
    if (box.clientWidth !== wide) fit(); // a screen that was turned shows the whole picture again
    else if (box.clientHeight !== high) core.resize();
    [wide, high] = [box.clientWidth, box.clientHeight];
  }).observe(box);
  return {
    show(picture, places) {
      const wanted = elements(picture, places, told.pinned), ids = new Set(wanted.map(one => one.data.id!));
      core.batch(() => {
        core.elements().filter(one => !ids.has(one.id())).remove();
        for (const one of wanted) {
          const before = core.getElementById(one.data.id!);
          if (before.empty()) core.add(one);
          else { before.data(one.data); if (one.position) before.position(one.position); }
        }
      });
      const inner = (core as unknown as { renderer(): Record<string, boolean> }).renderer();
      core.edges().toggleClass("plain", ids.size > MANY);
      inner.hideEdgesOnViewport = inner.textureOnViewport = ids.size > MANY;
      fit();
    },
    select(id) {
      core.elements().unselect().removeClass("near");
      const one = core.getElementById(id);
      one.select();
      if (one.isNode()) one.connectedEdges().slice(0, 40).addClass("near");
    },
    fit,
    png: () => core.png({ output: "blob", full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: colour("paper") })
  };
}
