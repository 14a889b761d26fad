import type { ValueReport } from '../api-types';

/*
 * Tiers of customers by value, from the best down. Limits are values, so equal customers are always in one tier, and
 * somebody whose value changes between two runs finds the tier without looking at all the others.
 */

export type TierRule = ValueReport['tiers']['rule'];

export interface TierSettings {
  rule: TierRule;
  /** From the best tier down, three to five. */
  names: string[];
  /**
   * One less than names. Quantiles: cumulative shares of the people, ascending; bands: lower limits of the value,
   * descending, in the unit of the values; pareto: cumulative shares of the value, ascending.
   */
  cuts: number[];
}

/** The lower limit of each tier but the last, descending; a value at a limit belongs to the tier above it. */
export interface TierLimits {
  names: string[];
  limits: number[];
}

export const TIER_NAMES = ['platinum', 'gold', 'silver', 'bronze'];

/** Cuts where none are told: the same rule for three, four and five tiers. Bands have none. */
export const CUTS: Record<Exclude<TierRule, 'bands'>, Record<number, number[]>> = {
  quantiles: { 3: [0.2, 0.5], 4: [0.1, 0.3, 0.6], 5: [0.05, 0.2, 0.4, 0.7] },
  pareto: { 3: [0.5, 0.8], 4: [0.5, 0.8, 0.95], 5: [0.4, 0.6, 0.8, 0.95] },
};

/** The names that are given, or as many as the cuts make. */
export function tierNames({ names, cuts }: Partial<Pick<TierSettings, 'names' | 'cuts'>>): string[] {
  if (names) return names;
  return cuts ? TIER_NAMES.concat('basic').slice(0, cuts.length + 1) : TIER_NAMES;
}

/**
 * The rule with its defaults filled in.
 *
 * @throws Error when names and cuts do not fit together, naming the setting
 */
export function tierSettings(
  given: { rule: TierRule; names?: string[]; cuts?: number[] },
  unit = 1,
): TierSettings {
  const { rule } = given;
  const names = tierNames(given);
  const cuts = given.cuts ?? (rule === 'bands' ? undefined : CUTS[rule][names.length]);
  if (!cuts) {
    throw new Error(
      'clv.config.tiers.cuts is missing: bands need their lower limits, such as [1000, 250, 50].',
    );
  }
  if (cuts.length !== names.length - 1) {
    throw new Error(
      `clv.config.tiers.cuts has ${cuts.length} numbers for ${names.length} names; it must have one less than names.`,
    );
  }
  if (new Set(names).size < names.length) throw new Error('clv.config.tiers.names has a name twice.');
  const ordered = rule === 'bands' ? cuts.toSorted((a, b) => b - a) : cuts.toSorted((a, b) => a - b);
  if (rule !== 'bands' && !ordered.every((cut) => cut > 0 && cut < 1)) {
    throw new Error('clv.config.tiers.cuts must be shares between 0 and 1, such as [0.1, 0.3, 0.6].');
  }
  return { rule, names, cuts: rule === 'bands' ? ordered.map((cut) => cut * unit) : ordered };
}

/** The limits that a rule comes to for these values. */
export function tierLimits(values: ArrayLike<number>, { rule, names, cuts }: TierSettings): TierLimits {
  if (rule === 'bands') return { names, limits: cuts };
  const sorted = Float64Array.from(values).sort().reverse();
  if (sorted.length === 0) return { names, limits: cuts.map(() => 0) };
  const limits = rule === 'quantiles' ? byPeople(sorted, cuts) : byValue(sorted, cuts);
  return { names, limits };
}

/** The value of the last one within each share of the people: whoever is worth as much is in as well. */
const byPeople = (sorted: Float64Array, cuts: number[]): number[] =>
  cuts.map((cut) => sorted[Math.max(0, Math.ceil(cut * sorted.length) - 1)]!);

/** The value of the one with whom each share of the positive value is reached. */
function byValue(sorted: Float64Array, cuts: number[]): number[] {
  const positive = sorted.reduce((sum, value) => sum + Math.max(0, value), 0);
  let reached = 0;
  let i = -1;
  return cuts.map((cut) => {
    while (i < sorted.length - 1 && (i < 0 || reached < cut * positive)) reached += Math.max(0, sorted[++i]!);
    return sorted[Math.max(0, i)]!;
  });
}

/** The place of a value's tier, 0 for the best. */
export function tierIndex(value: number, limits: number[]): number {
  const place = limits.findIndex((limit) => value >= limit);
  return place < 0 ? limits.length : place;
}

/** The tier of a value. */
export const tierOf = (value: number, { names, limits }: TierLimits): string =>
  names[tierIndex(value, limits)]!;
