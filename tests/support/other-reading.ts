import { sampleExponential } from '../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { samplePoisson } from '../../server/src/stats/sample-poisson';
import type { Random } from '../../server/src/stats/seeded-random';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);

/** The calendar of the other world. */
export const OTHER = { DAY, START, LANDMARK: START + 240 * DAY, END: START + 420 * DAY };

/** What there is to read. */
export interface Shelf {
  publishedAt: number[];
  topics: number[];
  /** How much each item draws readers on each day: popularity × freshness, 0 before it is out. */
  byDay: Float64Array[];
}

const TOPICS = 5;
/** Before the calendar begins, of all items. */
const OLD_STOCK = 0.4;
const FRESH = { days: 45, lasting: 0.25 };
const SESSIONS_PER_DAY = 1 / 30;
const MORE_PER_SESSION = 1.2;
/** Concentration of likings: the smaller, the more one-sided. */
const LIKING = 1.5;

/** Popularity falls with the rank by a power law; items come out over the first two thirds of the calendar. */
export function shelfOf(random: Random, contents: number): Shelf {
  const days = Math.ceil((OTHER.END - START) / DAY);
  const publishedAt: number[] = [];
  const topics: number[] = [];
  const lots = Array.from({ length: contents }, (_, content) => ({ content, lot: random() }));
  const popularity = new Float64Array(contents);
  lots
    .sort((a, b) => a.lot - b.lot)
    .forEach(({ content }, rank) => {
      popularity[content] = (rank + 3) ** -0.8;
    });
  for (let content = 0; content < contents; content++) {
    topics.push(Math.floor(random() * TOPICS));
    const day = random() < OLD_STOCK ? -30 * random() : 200 * random();
    publishedAt.push(START + Math.floor(day * DAY));
  }
  const byDay = Array.from({ length: days }, (_, day) =>
    popularity.map((popular, content) => {
      const age = day - (publishedAt[content]! - START) / DAY;
      return age < 0 ? 0 : popular * (FRESH.lasting + (1 - FRESH.lasting) * Math.exp(-age / FRESH.days));
    }),
  );
  return { publishedAt, topics, byDay };
}

/**
 * Sessions at a person's own rate, in each of which some items are taken. A bot comes often and takes anything.
 *
 * @param until touches from then on come too late to count as read
 * @returns the touches in the order of time; how likely each item was to be read, given the sessions; and how far the
 * liking of the first topic is from the mean, in deviations
 */
export function readingOf(
  random: Random,
  { topics, byDay }: Shelf,
  {
    from,
    until,
    to,
    activity,
    isBot,
  }: { from: number; until: number; to: number; activity: number; isBot: boolean },
): { touches: { at: number; content: number }[]; chances: Float64Array; firstLiking: number } {
  const draws = Array.from({ length: TOPICS }, () => sampleGamma(random, LIKING));
  const total = draws.reduce((sum, draw) => sum + draw, 0);
  const likings = draws.map((draw) => (isBot ? 1 : (TOPICS * draw) / total));
  const deviation = Math.sqrt((TOPICS - 1) / (TOPICS * LIKING + 1));
  const rate = (isBot ? 20 : activity) * SESSIONS_PER_DAY;
  const touches: { at: number; content: number }[] = [];
  const missed = new Float64Array(topics.length).fill(1);
  let at = from;
  while (at < to) {
    const draw = byDay[Math.floor((at - START) / DAY)]!;
    const weights = draw.map((weight, content) =>
      isBot ? Number(weight > 0) : weight * likings[topics[content]!]!,
    );
    const sum = weights.reduce((all, weight) => all + weight, 0);
    for (let more = samplePoisson(random, MORE_PER_SESSION); more >= 0 && sum > 0; more--) {
      let rest = random() * sum;
      const content = weights.findIndex((weight) => {
        rest -= weight;
        return rest < 0;
      });
      if (content >= 0) touches.push({ at: at + more * 60_000, content });
      if (at + more * 60_000 >= until) continue;
      for (let item = 0; item < missed.length; item++) missed[item]! *= 1 - weights[item]! / sum;
    }
    at += sampleExponential(random, rate / DAY);
  }
  touches.sort((a, b) => a.at - b.at);
  return { touches, chances: missed.map((chance) => 1 - chance), firstLiking: (likings[0]! - 1) / deviation };
}
