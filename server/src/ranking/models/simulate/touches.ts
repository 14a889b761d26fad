import { sampleGamma } from '../../../stats/sample-gamma';
import { samplePoisson } from '../../../stats/sample-poisson';
import type { Random } from '../../../stats/seeded-random';
import { DAY, END, SECOND } from './calendar';
import type { SimulatedItem } from './catalogue';
import type { SimulatedOrder } from './customer';
import type { Taste } from './taste';

export interface SimulatedTouch {
  /** Place of the item in the catalogue. */
  content: number;
  at: number;
  kind: 'view' | 'read' | 'download';
  seconds: number;
  depth: number;
}

const REREADS = 0.3;
const MOST_REACH = 0.95;
/** How long after an order its buyer needs help with it. */
const SUPPORT_DAYS = 14;

/**
 * Draws what a person reads: in the first weeks each item or not, several times maybe, and later any item by its reach.
 *
 * @returns the touches, the places of the items read in the first weeks, and how likely each was to be
 */
export function drawTouches(
  random: Random,
  items: SimulatedItem[],
  stay: { acquiredAt: number; readUntil: number; goneAt: number; activity: number },
  { liking, laterReads, fading }: Taste,
): { touches: SimulatedTouch[]; swayedBy: number[]; chances: Float64Array } {
  const { acquiredAt, readUntil, goneAt, activity } = stay;
  const touches: SimulatedTouch[] = [];
  const reachOf = (item: SimulatedItem) => Math.min(MOST_REACH, item.reach * liking(item));
  const keenness = sampleGamma(random, 2, 2) * activity;
  const swayedBy: number[] = [];
  const chances = new Float64Array(items.length);
  items.forEach((item, content) => {
    chances[content] = 1 - Math.exp(Math.log(1 - reachOf(item)) * activity);
    if (random() >= chances[content]!) return;
    swayedBy.push(content);
    for (let times = 1 + samplePoisson(random, REREADS * keenness); times > 0; times--) {
      touches.push(drawTouch(random, items, content, acquiredAt, readUntil));
    }
  });
  const total = items.reduce((sum, item) => sum + reachOf(item), 0);
  for (let times = samplePoisson(random, laterReads * keenness); times > 0; times--) {
    let rest = random() * total;
    const content = items.findIndex((item) => {
      rest -= reachOf(item);
      return rest < 0;
    });
    if (content < 0) continue;
    const touch = drawTouch(random, items, content, readUntil, END);
    if (touch.at <= goneAt || fading === 0 || random() >= fading) touches.push(touch);
  }
  return { touches, swayedBy, chances };
}

/** Reads of support pages: after an order, and because of it. A refund brings none. */
export function drawSupportReads(
  random: Random,
  items: SimulatedItem[],
  orders: SimulatedOrder[],
): SimulatedTouch[] {
  const touches: SimulatedTouch[] = [];
  items.forEach(({ readsPerOrder }, content) => {
    if (readsPerOrder === undefined) return;
    for (const { at, amount } of orders) {
      const reads = amount > 0 ? samplePoisson(random, readsPerOrder) : 0;
      const until = Math.min(END, at + SUPPORT_DAYS * DAY);
      for (let times = reads; times > 0 && until > at + SECOND; times--) {
        touches.push(drawTouch(random, items, content, at + SECOND, until));
      }
    }
  });
  return touches;
}

/** A touch at a whole second, from included, to excluded. */
function drawTouch(
  random: Random,
  items: SimulatedItem[],
  content: number,
  from: number,
  to: number,
): SimulatedTouch {
  const download = items[content]!.contentType === 'white-paper' && random() < 0.5;
  const seconds = Math.round(sampleGamma(random, 1.5, 1.5 / 90));
  const read = seconds >= 30;
  return {
    content,
    at: from + Math.floor((random() * (to - from)) / SECOND) * SECOND,
    kind: download ? 'download' : read ? 'read' : 'view',
    seconds,
    depth: Math.min(100, 10 + Math.floor(random() * (read ? 110 : 50))),
  };
}
