import { adaptiveShrinkage } from '../../../stats/adaptive-shrinkage';
import { betweenVariance } from '../../../stats/between-variance';
import { normalQuantile } from '../../../stats/normal-quantile';
import { typicalOfTopics } from './typical-of-topics';

/** What a ranking says of an item; null where it says nothing. */
export interface Measured {
  verdict: string;
  excess: number | null;
  /** Of the excess, with what ordinary items differ by counted as error. */
  standardError: number | null;
}

/** The same in a tier, whose errors are known by the 95 % interval. */
export interface MeasuredInTier {
  verdict: string;
  excess: number | null;
  excessLow: number | null;
  excessHigh: number | null;
}

/** Tells nothing of what comes of showing it: it is read because somebody bought. */
const SUPPORT = 'support-like';
const REACH = normalQuantile(0.975);
/** Items of a tier before it is said how it differs. */
const NEEDED = 3;

/**
 * What is to be expected of each item's excess beyond what is typical of its topics (`typicalOfTopics`), given that most items
 * are ordinary (`adaptiveShrinkage`). By how much ordinary items differ beyond chance may be theirs, or be left over from who
 * reads them; the data cannot tell, so the mean is taken of what either would let expect. 0 for items of which nothing is
 * known, and for support-like ones.
 *
 * @param spread by how much ordinary items differ beyond chance (standard deviation)
 */
export function expectedExcesses(items: (Measured & { topics: string[] })[], spread: number): number[] {
  const expected = new Array<number>(items.length).fill(0);
  const known = items.flatMap(({ verdict, excess, standardError, topics }, i) => {
    if (verdict === SUPPORT || excess === null || standardError === null || !(standardError > 0)) return [];
    const ownError = Math.sqrt(standardError ** 2 - spread ** 2);
    return [{ i, topics, excess, standardError, ownError: ownError > 0 ? ownError : standardError }];
  });
  const typical = typicalOfTopics(
    known.map(({ topics, excess, ownError }) => ({ topics, value: excess, standardError: ownError })),
  );
  const values = known.map(({ topics, excess }) => excess - meanOf(topics, typical));
  const given = (errorOf: (item: (typeof known)[number]) => number) =>
    adaptiveShrinkage(known.map((item, k) => ({ value: values[k]!, standardError: errorOf(item) })));
  const ifNotTheirs = given(({ standardError }) => standardError);
  const ifTheirs = given(({ ownError }) => ownError);
  for (const [k, { i }] of known.entries()) expected[i] = (ifNotTheirs[k]! + ifTheirs[k]!) / 2;
  return expected;
}

/** Of an item of several topics the mean; 0 of those of which nothing typical is known. */
const meanOf = (topics: string[], typical: Map<string, number>): number =>
  topics.reduce((sum, topic) => sum + (typical.get(topic) ?? 0), 0) / Math.max(1, topics.length);

/**
 * The same among persons of one tier, drawn towards what is expected among all: by as much as chance explains the distance
 * (empirical Bayes, normal-normal; C. Morris, JASA 78, 1983). Within a tier values are alike and every difference is
 * smaller, and that is no property of the items: so excesses of the tier are compared with a share of those of all, the same
 * for every item, which least squares find.
 *
 * @param overall by item
 * @returns by item; undefined where the tier tells nothing
 */
export function expectedInTier(
  overall: number[],
  items: (MeasuredInTier | undefined)[],
): (number | undefined)[] {
  const known = items.flatMap((item, i) => {
    if (!item || item.verdict === SUPPORT) return [];
    const { excess, excessLow, excessHigh } = item;
    if (excess === null || excessLow === null || excessHigh === null || !(excessHigh > excessLow)) return [];
    return [{ i, excess, variance: ((excessHigh - excessLow) / (2 * REACH)) ** 2 }];
  });
  const expected = new Array<number | undefined>(items.length).fill(undefined);
  if (known.length < NEEDED) return expected;
  const share = shareOf(overall, known);
  const rests = known.map(({ i, excess, variance }) => ({ value: excess - share * overall[i]!, variance }));
  const { between } = betweenVariance(rests);
  for (const [k, { i, variance }] of known.entries()) {
    expected[i] = overall[i]! + (between / (between + variance)) * rests[k]!.value;
  }
  return expected;
}

/** The slope of a line through zero, weighted by precision; from 0 to 1. */
function shareOf(overall: number[], known: { i: number; excess: number; variance: number }[]): number {
  let products = 0;
  let squares = 0;
  for (const { i, excess, variance } of known) {
    products += (overall[i]! * excess) / variance;
    squares += overall[i]! ** 2 / variance;
  }
  return squares > 0 ? Math.min(1, Math.max(0, products / squares)) : 1;
}
