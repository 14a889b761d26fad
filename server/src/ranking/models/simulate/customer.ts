import { sampleBeta } from '../../../stats/sample-beta';
import { sampleExponential } from '../../../stats/sample-exponential';
import { sampleGamma } from '../../../stats/sample-gamma';
import { sampleNormal } from '../../../stats/sample-normal';
import { samplePoisson } from '../../../stats/sample-poisson';
import { type Random, seededRandom } from '../../../stats/seeded-random';
import type { SimulatedItem } from './catalogue';

export interface SimulatedOrder {
  at: number;
  /** Minor units; a refund is negative. */
  amount: number;
  cost: number;
}

export interface SimulatedTouch {
  /** Place of the item in the catalogue. */
  content: number;
  at: number;
  kind: 'view' | 'read' | 'download';
  seconds: number;
  depth: number;
}

export interface SimulatedCustomer {
  acquiredAt: number;
  channel: string;
  segment: string;
  acquisitionCost: number;
  serviceCostPerMonth: number;
  /** In the order of time, at least one. */
  orders: SimulatedOrder[];
  touches: SimulatedTouch[];
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const START = Date.UTC(2024, 0, 1);
const END = START + 730 * DAY;
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
const SPEND = { shape: 6, levelShape: 5, mean: 4000 };
const levelRate = (SPEND.mean * (SPEND.levelShape - 1)) / SPEND.shape;

/** How widely hidden activity varies (standard deviation of its logarithm) when confounding is 1. */
const ACTIVITY_SPREAD = 0.9;
const READS_AFTER = 2;
const REREADS = 0.3;

const CHANNELS = ['organic', 'newsletter', 'social', 'ads'];
const SEGMENTS = ['home', 'office', 'retail'];
const pick = <T>(values: T[], random: Random): T => values[Math.floor(random() * values.length)]!;
const wholeSecond = (time: number): number => Math.floor(time / SECOND) * SECOND;

/**
 * Draws one customer's life. Which items are read before the first order is drawn item by item, independently at a given
 * activity; when confounding is 0 everyone's activity is 1, so that readers of an item differ from all others by its
 * effect and by nothing else. (If some people read more of everything, they would read more of the true items, and
 * every item would seem to raise value.) People differ in how often they come back to an item and in what they read
 * after the first order, neither of which has an effect.
 */
export function drawCustomer(
  number: number,
  items: SimulatedItem[],
  { seed, confounding }: { seed: number; confounding: number },
): SimulatedCustomer {
  const random = seededRandom(seed, 1, number);
  const spread = ACTIVITY_SPREAD * confounding;
  const activity = Math.exp(spread * sampleNormal(random) - (spread * spread) / 2);
  const acquiredAt = wholeSecond(START + random() * ACQUISITION);
  const reading = Math.min(READING.most, READING.least + sampleExponential(random, 1 / READING.mean));
  const firstOrderAt = wholeSecond(acquiredAt + reading);
  const spendRate = sampleGamma(random, SPEND.levelShape, levelRate);
  const orders = drawOrders(random, firstOrderAt, spendRate, activity);
  const { touches, effect } = drawTouches(random, items, { acquiredAt, firstOrderAt, activity });
  orders.push(...drawEffect(seededRandom(seed, 2, number), effect, firstOrderAt, spendRate));
  return {
    acquiredAt,
    channel: pick(CHANNELS, random),
    segment: pick(SEGMENTS, random),
    acquisitionCost: 500 + Math.floor(random() * 2000),
    serviceCostPerMonth: 50 + Math.floor(random() * 150),
    orders: orders.sort((a, b) => a.at - b.at),
    touches: touches.sort((a, b) => a.at - b.at),
  };
}

function drawOrder(random: Random, at: number, spendRate: number): SimulatedOrder {
  const amount = Math.max(1, Math.round(sampleGamma(random, SPEND.shape, spendRate)));
  return { at: wholeSecond(at), amount, cost: Math.round(amount * (0.5 + 0.2 * random())) };
}

function drawOrders(random: Random, firstAt: number, spendRate: number, activity: number): SimulatedOrder[] {
  const rate = (sampleGamma(random, RATE.shape, RATE.shape / RATE.perDay) * activity) / DAY;
  const dropout = sampleBeta(random, DROPOUT.a, DROPOUT.b);
  const orders: SimulatedOrder[] = [];
  for (let at = firstAt; at < END; at += sampleExponential(random, rate)) {
    orders.push(drawOrder(random, at, spendRate));
    if (random() < dropout) break;
  }
  return orders;
}

/**
 * Further orders, at any time after the first, whose expected sum is the effect of what was read: their number is
 * Poisson around effect / mean amount. A negative effect comes as refunds.
 */
function drawEffect(random: Random, effect: number, firstAt: number, spendRate: number): SimulatedOrder[] {
  const count = samplePoisson(random, Math.abs(effect) / SPEND.mean);
  return Array.from({ length: count }, () => {
    const order = drawOrder(random, firstAt + SECOND + random() * (END - firstAt - SECOND), spendRate);
    return effect < 0 ? { ...order, amount: -order.amount, cost: -order.cost } : order;
  });
}

function drawTouches(
  random: Random,
  items: SimulatedItem[],
  { acquiredAt, firstOrderAt, activity }: { acquiredAt: number; firstOrderAt: number; activity: number },
): { touches: SimulatedTouch[]; effect: number } {
  const touches: SimulatedTouch[] = [];
  const keenness = sampleGamma(random, 2, 2) * activity;
  let effect = 0;
  items.forEach((item, content) => {
    if (random() >= 1 - Math.exp(Math.log(1 - item.reach) * activity)) return;
    effect += item.effect;
    for (let times = 1 + samplePoisson(random, REREADS * keenness); times > 0; times--) {
      touches.push(drawTouch(random, items, content, acquiredAt, firstOrderAt));
    }
  });
  const total = items.reduce((sum, { reach }) => sum + reach, 0);
  for (let times = samplePoisson(random, READS_AFTER * keenness); times > 0; times--) {
    let rest = random() * total;
    const content = items.findIndex(({ reach }) => {
      rest -= reach;
      return rest < 0;
    });
    if (content >= 0) touches.push(drawTouch(random, items, content, firstOrderAt, END));
  }
  return { touches, effect };
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
