import { parentPort } from 'node:worker_threads';
import { type History, rankHistory } from '../../server/src/ranking/models/history';
import type { Ranked } from '../../server/src/ranking/models/rank';
import {
  historyOfPeople,
  peopleOf,
  simulateWorld,
  type World,
  type WorldOptions,
} from '../../server/src/ranking/models/simulate/world';
import { benjaminiHochberg } from '../../server/src/stats/benjamini-hochberg';
import type { TrueEffects } from '../support/effect-sums';
import { type OtherOptions, otherWorld } from '../support/other-world';
import { trueEffects } from '../support/simulated-truth';

/** One seeded world to draw and to rank. */
export interface ExcessTask {
  fdr: number;
  simulate?: WorldOptions & {
    /** A date; the first order unless told. */
    landmark?: number;
    /** Which of the samples of its people. */
    sample?: number;
    /** Samples are of different seasons: the same items have the same effects, but as many readers as another item had. */
    seasons?: boolean;
  };
  other?: OtherOptions;
}

/** What became of it. */
export interface ExcessOutcome {
  /** Items that raise value, and those of them called `associated`; items called so, and those of them wrongly. */
  trueItems: number;
  found: number;
  called: number;
  wrong: number;
  /** The same if items were called by their plain rank test. */
  plain: { called: number; wrong: number };
  /** Whether there were enough items to say what is typical. */
  hasTypical: boolean;
  /** Share of the true items among as many at the top, by score and by plain ρ. */
  precision: { score: number; rho: number };
  raising: Coverage;
  ordinary: Coverage;
  support: { items: number; labelled: number };
  topTen: { score: number[]; rho: number[] };
  /** Persons of the population, share of them with a value of 0, and how much the two truths of true items differ. */
  population: number;
  zeros: number;
  unlike: { exposed: number; unexposed: number };
}

/** Of the items with an interval: how many there are, how many hold the truth, Σ (excess − truth) and Σ of its square. */
export interface Coverage {
  items: number;
  covered: number;
  error: number;
  squares: number;
}

interface Judged {
  history: History;
  division: 'first-order' | { at: number };
  isTrue: boolean[];
  isSupport: boolean[];
  truth: TrueEffects;
}

/** The same world with the reach of its items drawn anew. */
function inSeason(season: number, options: WorldOptions): World {
  const { items } = simulateWorld(options);
  const seed = options.seed + 100_000 * season;
  const redrawn = simulateWorld({ ...options, seed });
  const effects = new Map(redrawn.items.map(({ contentId }, place) => [contentId, items[place]!.effect]));
  return simulateWorld({ ...options, seed, effects });
}

function simulated({
  sample = 0,
  landmark,
  seasons,
  ...options
}: NonNullable<ExcessTask['simulate']>): Judged {
  const world = seasons ? inSeason(sample, options) : simulateWorld(options);
  const first = sample * options.customers;
  const shifted = { ...world, customer: (number: number) => world.customer(first + number) };
  const people = peopleOf(shifted, options.customers);
  const division = landmark === undefined ? 'first-order' : { at: landmark };
  return {
    history: historyOfPeople(people, world.items.length),
    division,
    isTrue: world.items.map(({ effect }) => effect > 0),
    isSupport: world.items.map(({ readsPerOrder }) => readsPerOrder !== undefined),
    truth: trueEffects(world, people, division, options.seed),
  };
}

function other(options: OtherOptions): Judged {
  const { history, channels, publishedAt, ...rest } = otherWorld(options);
  return { ...rest, history: { ...history, channels, publishedAt }, isSupport: [] };
}

function outcomeOf({ simulate, other: options, fdr }: ExcessTask): ExcessOutcome {
  const judged = simulate ? simulated(simulate) : other(options!);
  const { history, division, isTrue, isSupport, truth } = judged;
  const { items, population, typical, adjustment } = rankHistory(history, division, { fdr });
  const byRho = items.toSorted((a, b) => (b.figures.rho ?? -1) - (a.figures.rho ?? -1));
  const trueItems = isTrue.filter(Boolean).length;
  const called = items.filter(({ figures }) => figures.verdict === 'associated');
  const found = called.filter(({ item }) => isTrue[item]).length;
  const support = items.filter(({ item }) => isSupport[item]);
  const top = (ranked: Ranked[], many: number) => ranked.slice(0, many).map(({ item }) => item);
  const precision = (ranked: Ranked[]) =>
    trueItems === 0 ? 0 : top(ranked, trueItems).filter((item) => isTrue[item]).length / trueItems;
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const ofTrue = (values: number[]) => mean(values.filter((_, item) => isTrue[item]));
  return {
    trueItems,
    found,
    called: called.length,
    wrong: called.length - found,
    plain: plainly(items, isTrue, fdr),
    hasTypical: typical !== null,
    precision: { score: precision(items), rho: precision(byRho) },
    raising: coverage(items, truth, (item) => isTrue[item]!),
    ordinary: coverage(items, truth, (item) => !isTrue[item] && !isSupport[item]),
    support: {
      items: support.length,
      labelled: support.filter(({ figures }) => figures.verdict === 'support-like').length,
    },
    topTen: { score: top(items, 10), rho: top(byRho, 10) },
    population,
    zeros: adjustment.logValues.filter((value) => value === 0).length / population,
    unlike: { exposed: ofTrue(truth.onExposed), unexposed: ofTrue(truth.onUnexposed) },
  };
}

function coverage(items: Ranked[], { excesses }: TrueEffects, counts: (item: number) => boolean): Coverage {
  const result: Coverage = { items: 0, covered: 0, error: 0, squares: 0 };
  for (const { item, figures } of items) {
    const { excess, excessLow, excessHigh } = figures;
    if (!counts(item) || excess === null || excessLow === null || excessHigh === null) continue;
    const truth = excesses[item]!;
    result.items++;
    if (excessLow <= truth && truth <= excessHigh) result.covered++;
    result.error += excess - truth;
    result.squares += (excess - truth) ** 2;
  }
  return result;
}

function plainly(items: Ranked[], isTrue: boolean[], fdr: number): ExcessOutcome['plain'] {
  const tested = items.filter(({ figures }) => figures.pValue !== null);
  const qValues = benjaminiHochberg(tested.map(({ figures }) => figures.pValue!));
  const called = tested.filter(({ figures }, i) => qValues[i]! <= fdr && figures.rho! > 0);
  return { called: called.length, wrong: called.filter(({ item }) => !isTrue[item]).length };
}

parentPort!.on('message', (task: ExcessTask) => parentPort!.postMessage(outcomeOf(task)));
