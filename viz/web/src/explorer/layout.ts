// Where things stand, worked out before anything is drawn: what has its place keeps it.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Picture } from "./picture";

export type Place = [number, number];
interface Body extends SimulationNodeDatum { id: string }

const APART = 130; // between two linked things
const TURN = 2.399963; // the golden angle: places of one ring do not cover each other

/** The places of everything in a picture, spread as wide as the stage is against its height; the same gives the same. */
export function layout(picture: Picture, places: ReadonlyMap<string, Place>, pins: ReadonlyMap<string, Place>, ratio: number): Map<string, Place> {
  const bodies: Body[] = [], turns = new Map<string, number>();
  for (const iri of picture.things.keys()) {
    const fixed = pins.get(iri) ?? places.get(iri);
    if (fixed) { bodies.push({ id: iri, x: fixed[0], y: fixed[1], fx: fixed[0], fy: fixed[1] }); continue; }
    const parent = picture.parents.get(iri) ?? "", turn = turns.get(parent) ?? 0;
    const [x, y] = pins.get(parent) ?? places.get(parent) ?? [0, 0], far = APART * (0.6 + Math.sqrt(turn) / 3);
    turns.set(parent, turn + 1);
    bodies.push({ id: iri, x: x + far * Math.cos(turn * TURN), y: y + far * Math.sin(turn * TURN) });
  }
  const links = [...picture.links.values()].map(link => ({ source: link.source, target: link.target }));
  forceSimulation(bodies)
    .force("link", forceLink<Body, { source: string; target: string }>(links).id(body => body.id).distance(APART))
    .force("charge", forceManyBody().strength(-380).distanceMax(700))
    .force("collide", forceCollide(46).iterations(bodies.length > 1000 ? 1 : 2))
    .force("x", forceX(0).strength(0.05 / ratio)).force("y", forceY(0).strength(0.05 * ratio))
    .stop().tick(bodies.length > 3000 ? 40 : bodies.length > 600 ? 120 : 260);
  return new Map(bodies.map(body => [body.id, [body.x!, body.y!]]));
}
