import { scaleLinear, scalePoint } from '@visx/scale';
import type { Flow, FlowKey, FlowLink, FlowNode } from '../../../../server/src/ranking/journeys/api-types';

/** A node as a bar: from its left top corner. */
export interface PlacedNode extends FlowNode {
  id: string;
  x: number;
  y: number;
  height: number;
}

/** A link as a ribbon from the right of one bar to the left of another. */
export interface PlacedLink extends FlowLink {
  id: string;
  sourceId: string;
  targetId: string;
  path: string;
}

export interface FlowLayout {
  /** Left of the bars of each step. */
  columns: number[];
  nodes: PlacedNode[];
  links: PlacedLink[];
}

export const BAR = 10;
/** The least between two bars: a line of text is higher than the smallest of them. */
const GAP = 16;
const LEAST_HEIGHT = 1.5;

export const idOf = (step: number, key: FlowKey) => `${step}-${key}`;

/** From the top down: who ordered, items by how many read them, all others, who still reads, and who is gone. */
const PLACES: Partial<Record<FlowKey, number>> = { ordered: 0, other: 2, reading: 3, left: 4 };
const placeOf = (key: FlowKey) => PLACES[key] ?? 1;

/** Bars and ribbons whose heights are persons; at every step the same scale. */
export function layoutFlow({ persons, nodes, links }: Flow, width: number, height: number): FlowLayout {
  const steps = [...new Set(nodes.map(({ step }) => step))].sort((a, b) => a - b);
  const byStep = steps.map((step) =>
    nodes
      .filter((node) => node.step === step)
      .sort((a, b) => placeOf(a.key) - placeOf(b.key) || b.persons - a.persons),
  );
  const most = Math.max(...byStep.map((column) => column.length), 1);
  const x = scalePoint({ domain: steps, range: [0, width - BAR] });
  const tall = scaleLinear({ domain: [0, persons], range: [0, height - GAP * (most - 1)] });
  const placed = byStep.flatMap((column, index) => placeColumn(column, x(steps[index]!) ?? 0, tall, height));
  return {
    columns: steps.map((step) => x(step) ?? 0),
    nodes: placed,
    links: placeLinks(links, placed, tall),
  };
}

/** Who ordered at the top and whose journey is open or over at the foot, so that they go straight through; items between. */
function placeColumn(
  column: FlowNode[],
  x: number,
  tall: (persons: number) => number,
  height: number,
): PlacedNode[] {
  const highOf = ({ persons }: FlowNode) => Math.max(tall(persons), LEAST_HEIGHT);
  const isMiddle = ({ key }: FlowNode) => placeOf(key) === 1 || placeOf(key) === 2;
  const sum = column.reduce((total, node) => total + highOf(node), 0);
  const middle = column.filter(isMiddle).length;
  // Gaps beyond the least are around the items: one more than there are items, or all above the foot.
  const room = Math.max(0, height - sum - GAP * (column.length - 1));
  const hasTop = column.some(({ key }) => key === 'ordered');
  const hasFoot = column.some(({ key }) => placeOf(key) > 2);
  const gaps = middle > 0 ? middle - 1 + Number(hasTop) + Number(hasFoot) : 1;
  const extra = room / Math.max(gaps, 1);
  let y = 0;
  return column.map((node, index) => {
    const before = column[index - 1];
    if (before) {
      y += GAP;
      if (isMiddle(node) || isMiddle(before) || (middle === 0 && before.key === 'ordered')) y += extra;
    } else if (middle === 0 && !hasTop) y = room;
    const placed = { ...node, id: idOf(node.step, node.key), x, y, height: highOf(node) };
    y += placed.height;
    return placed;
  });
}

/** At both ends the ribbons lie in the order of the bars on the other side, so that fewer cross. */
function placeLinks(links: FlowLink[], nodes: PlacedNode[], tall: (persons: number) => number): PlacedLink[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const ends = links.map((link) => ({
    ...link,
    source: known.get(idOf(link.step, link.from))!,
    target: known.get(idOf(link.step + 1, link.to))!,
  }));
  const stacked = (side: 'source' | 'target', other: 'source' | 'target') => {
    const used = new Map<PlacedNode, number>();
    const starts = new Map<(typeof ends)[number], number>();
    for (const link of ends.toSorted((a, b) => a[other].y - b[other].y)) {
      const from = used.get(link[side]) ?? 0;
      starts.set(link, link[side].y + from);
      used.set(link[side], from + tall(link.persons));
    }
    return starts;
  };
  const [leaves, arrives] = [stacked('source', 'target'), stacked('target', 'source')];
  return ends.map((link) => {
    const { source, target, ...rest } = link;
    return {
      ...rest,
      id: `${source.id} ${target.id}`,
      sourceId: source.id,
      targetId: target.id,
      path: ribbon(source.x + BAR, leaves.get(link)!, target.x, arrives.get(link)!, tall(link.persons)),
    };
  });
}

/** A band that leaves and arrives level. */
function ribbon(x0: number, y0: number, x1: number, y1: number, high: number): string {
  const middle = (x0 + x1) / 2;
  const tall = Math.max(high, 0.75);
  return [
    `M${x0},${y0}`,
    `C${middle},${y0} ${middle},${y1} ${x1},${y1}`,
    `V${y1 + tall}`,
    `C${middle},${y1 + tall} ${middle},${y0 + tall} ${x0},${y0 + tall}`,
    'Z',
  ].join(' ');
}
