import { studentTQuantile } from '../../stats/student-t-quantile';
import { studentTTails } from '../../stats/student-t-tails';
import { type AdjustedDifference, CellComparison } from './adjusted';
import type { Cells } from './cells';
import { type EmpiricalNull, empiricalNull } from './empirical-null';

/** An item whose effect is to be told: its readers by place, and since when it could be read. */
export interface EffectItem {
  exposed: Int32Array;
  outSince: number;
}

export interface Effects {
  /** By item, on the scale of the outcome. */
  effects: AdjustedDifference[];
  typical: EmpiricalNull | null;
}

/** Rounds after which remarkable items hardly move any more. */
const ROUNDS = 3;

/**
 * The effect of each item with the effects of remarkable others taken out. Who reads an item may be likelier to have read
 * another at the same number of items, such as one that came out the same day, and would get credit for it. So what other
 * items seem to add, as far as they are not ordinary, is subtracted from everyone's outcome before an item's readers are
 * compared: backfitting (T. Hastie and R. Tibshirani, "Generalized Additive Models", 1990, 4.4).
 */
export function effectsOf(
  items: EffectItem[],
  outcome: Float64Array,
  cells: Cells,
  lastActiveAt: Float64Array,
): Effects {
  let added = new Float64Array(items.length);
  let result: Effects = { effects: [], typical: null };
  for (let round = 0; round < ROUNDS; round++) {
    const rest = withoutAdded(items, added, outcome);
    const comparison = new CellComparison(cells, [{ values: rest, without: rest }], lastActiveAt);
    const effects = items.map(({ exposed, outSince }, i) => {
      const [found] = comparison.compare(exposed, outSince).differences;
      return { ...found!, difference: found!.difference + added[i]! };
    });
    const typical = typicalOf(items, effects);
    result = { effects, typical };
    if (!typical) break;
    added = Float64Array.from(effects, ({ difference, standardError }, i) =>
      standardError > 0 ? typical.remarkable(difference, standardError, items[i]!.exposed.length) : 0,
    );
  }
  return result;
}

/**
 * What is typical among the effects of items. Where all who are compared are worth the same, as among people of whom nobody
 * ordered, an effect of 0 without any error is no measurement: it would count as infinitely sure.
 */
export function typicalOf(items: EffectItem[], effects: AdjustedDifference[]): EmpiricalNull | null {
  return empiricalNull(
    effects
      .map(({ difference, standardError }, i) => ({
        effect: difference,
        standardError,
        exposed: items[i]!.exposed.length,
      }))
      .filter(({ standardError }) => standardError > 0),
  );
}

/** By how much each item is above the typical one of its reach; above nothing where no item is typical. */
export interface Excess {
  excess: number;
  /** 95 % interval; NaN where no item is typical, as the p-value. */
  low: number;
  high: number;
  /** Of the effect alone, and with what is not known of the typical item. */
  ownError: number;
  standardError: number;
  /** Two-sided, of no excess. */
  pValue: number;
  /** Effect of the typical item. */
  typicalEffect: number;
}

export function excessesOf(items: EffectItem[], { effects, typical }: Effects): Excess[] {
  if (!typical) return effects.map(aboveNothing);
  // What is typical is known from so many ordinary items and no more: Student's t.
  const { df } = typical;
  const quantile = studentTQuantile(0.975, df);
  return effects.map(({ difference, standardError: ownError }, i) => {
    const ordinary = typical.typical(items[i]!.exposed.length);
    const excess = difference - ordinary.effect;
    const standardError = Math.hypot(ownError, typical.spread, ordinary.standardError);
    const reach = quantile * standardError;
    return {
      excess,
      low: excess - reach,
      high: excess + reach,
      ownError,
      standardError,
      pValue: studentTTails(excess / standardError, df),
      typicalEffect: ordinary.effect,
    };
  });
}

const aboveNothing = ({ difference, standardError }: AdjustedDifference): Excess => ({
  excess: difference,
  low: Number.NaN,
  high: Number.NaN,
  ownError: standardError,
  standardError,
  pValue: Number.NaN,
  typicalEffect: 0,
});

/** Everyone's outcome less what the items they read seem to add. */
function withoutAdded(items: EffectItem[], added: Float64Array, outcome: Float64Array): Float64Array {
  const rest = outcome.slice();
  items.forEach(({ exposed }, i) => {
    if (added[i] === 0) return;
    for (const place of exposed) rest[place]! -= added[i]!;
  });
  return rest;
}
