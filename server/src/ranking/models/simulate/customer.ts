import { sampleBeta } from '../../../stats/sample-beta';
import { sampleExponential } from '../../../stats/sample-exponential';
import { sampleGamma } from '../../../stats/sample-gamma';
import { sampleNormal } from '../../../stats/sample-normal';
import { samplePoisson } from '../../../stats/sample-poisson';
import { type Random, seededRandom } from '../../../stats/seeded-random';
import { DAY, END, HOUR, SECOND, START } from './calendar';
import type { SimulatedItem } from './catalogue';
import { PLAIN, type Taste } from './taste';
import { drawSupportReads, drawTouches, type SimulatedTouch } from './touches';

export interface SimulatedOrder {
  at: number;
  /** Minor units; a refund is negative. */
  amount: number;
  cost: number;
  /** It came by the effect of what was read. */
  added?: boolean;
}

export interface SimulatedCustomer {
  acquiredAt: number;
  channel: string;
  segment: string;
  acquisitionCost: number;
  serviceCostPerMonth: number;
  /** In the order of time; none for a prospect who has not bought. */
  orders: SimulatedOrder[];
  touches: SimulatedTouch[];
  /** What no tracker sees. */
  hidden: {
    /** Places of the items whose effect the customer has had, or will have with a first order. */
    swayedBy: number[];
    /** How likely the customer was to read each item before the first order. */
    chances: Float64Array;
    /** Of the gamma distribution that amounts are drawn from. */
    spendRate: number;
  };
}

const ACQUISITION = 600 * DAY;
/** From the first visit to the first order. */
const READING = { least: HOUR, mean: 20 * DAY, most: 60 * DAY };

/*
 * Buying (P. Fader, B. Hardie and K. Lee, "Counting your customers the easy way", Marketing Science 24, 2005): orders
 * come at a rate of the customer's own (gamma), and after each the customer may be gone (own chance, beta). Amounts
 * vary around a level of the customer's own, which varies too (gamma-gamma).
 */
const RATE = { shape: 1.5, perDay: 1 / 50 };
const DROPOUT = { a: 1, b: 5 };
export const SPEND = { shape: 6, levelShape: 5, mean: 4000 };
const levelRate = (SPEND.mean * (SPEND.levelShape - 1)) / SPEND.shape;

/** How widely hidden activity varies (standard deviation of its logarithm) when confounding is 1. */
const ACTIVITY_SPREAD = 0.9;
/** Mean time from the first visit to the first order of a prospect whose taste tells nothing. */
const PROSPECT_WAIT = 500 * DAY;

const CHANNELS = ['organic', 'newsletter', 'social', 'ads'];
const SEGMENTS = ['home', 'office', 'retail'];
const pick = <T>(values: T[], random: Random): T => values[Math.floor(random() * values.length)]!;
const wholeSecond = (time: number): number => Math.floor(time / SECOND) * SECOND;

/**
 * Draws one customer's life. Which items are read before the first order is drawn item by item, independently at a given
 * activity; when confounding is 0 everyone's activity is 1, so that readers of an item differ from all others by its
 * effect and by nothing else. (If some people read more of everything, they would read more of the true items, and
 * every item would seem to raise value.) People differ in how often they come back to an item and in what they read
 * after the first order, neither of which has an effect. What they like to read goes with how often they order, if the
 * world's topics say so; a prospect's first order comes much later than the first weeks of reading, or never.
 */
export function drawCustomer(
  number: number,
  items: SimulatedItem[],
  { seed, confounding, prospects = 0 }: { seed: number; confounding: number; prospects?: number },
  taste: Taste = PLAIN,
): SimulatedCustomer {
  const random = seededRandom(seed, 1, number);
  const spread = ACTIVITY_SPREAD * confounding;
  const activity = Math.exp(spread * sampleNormal(random) - (spread * spread) / 2);
  const acquiredAt = wholeSecond(START + random() * ACQUISITION);
  const reading = Math.min(READING.most, READING.least + sampleExponential(random, 1 / READING.mean));
  const readUntil = wholeSecond(acquiredAt + reading);
  const firstOrderAt = prospects > 0 ? readUntil + drawWait(seed, number, prospects, taste) : readUntil;
  const spendRate = sampleGamma(random, SPEND.levelShape, levelRate);
  const { orders, goneAt } = drawOrders(random, firstOrderAt, spendRate, activity * taste.lift);
  const stay = { acquiredAt, readUntil, goneAt, activity };
  const { touches, swayedBy, chances } = drawTouches(random, items, stay, taste);
  if (orders.length > 0) {
    const effect = swayedBy.reduce((sum, content) => sum + items[content]!.effect, 0);
    orders.push(...drawEffect(seededRandom(seed, 2, number), effect, firstOrderAt, spendRate));
    touches.push(...drawSupportReads(seededRandom(seed, 8, number), items, orders));
  }
  return {
    acquiredAt,
    channel: pick(CHANNELS, random),
    segment: pick(SEGMENTS, random),
    acquisitionCost: 500 + Math.floor(random() * 2000),
    serviceCostPerMonth: 50 + Math.floor(random() * 150),
    orders: orders.sort((a, b) => a.at - b.at),
    touches: touches.sort((a, b) => a.at - b.at),
    hidden: { swayedBy, chances, spendRate },
  };
}

/** How much later than others somebody orders for the first time; 0 for who is no prospect. */
function drawWait(seed: number, number: number, prospects: number, { lift }: Taste): number {
  const random = seededRandom(seed, 6, number);
  return random() < prospects ? wholeSecond(sampleExponential(random, lift / PROSPECT_WAIT)) : 0;
}

function drawOrder(random: Random, at: number, spendRate: number): SimulatedOrder {
  const amount = Math.max(1, Math.round(sampleGamma(random, SPEND.shape, spendRate)));
  return { at: wholeSecond(at), amount, cost: Math.round(amount * (0.5 + 0.2 * random())) };
}

/** Orders from the first on, and when the customer was none any more: Infinity for one who still is. */
function drawOrders(
  random: Random,
  firstAt: number,
  spendRate: number,
  activity: number,
): { orders: SimulatedOrder[]; goneAt: number } {
  const rate = (sampleGamma(random, RATE.shape, RATE.shape / RATE.perDay) * activity) / DAY;
  const dropout = sampleBeta(random, DROPOUT.a, DROPOUT.b);
  const orders: SimulatedOrder[] = [];
  for (let at = firstAt; at < END; at += sampleExponential(random, rate)) {
    orders.push(drawOrder(random, at, spendRate));
    if (random() < dropout) return { orders, goneAt: at };
  }
  return { orders, goneAt: Number.POSITIVE_INFINITY };
}

/**
 * Further orders, at any time after the first, whose expected sum is the effect of what was read: their number is
 * Poisson around effect / mean amount. A negative effect comes as refunds.
 */
function drawEffect(random: Random, effect: number, firstAt: number, spendRate: number): SimulatedOrder[] {
  const count = samplePoisson(random, Math.abs(effect) / SPEND.mean);
  return Array.from({ length: count }, () => {
    const order = drawOrder(random, firstAt + SECOND + random() * (END - firstAt - SECOND), spendRate);
    const sign = Math.sign(effect);
    return { ...order, amount: sign * order.amount, cost: sign * order.cost, added: true };
  });
}
