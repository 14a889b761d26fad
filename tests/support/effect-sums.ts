import { median } from '../../server/src/stats/median';

/** Persons who read more other items than this count as having read so many. */
const MOST_OTHERS = 100;

/**
 * The true effect of every item on the scale of the excess, summed up person by person from what a generator knows: by
 * how much the mean of log(1 + value) differs between a world in which a person read the item and one in which not.
 *
 * Effects differ between persons, so what is true depends on whose are averaged. A comparison of readers with others who
 * read as much weights each such group by its overlap n₁ n₀ / (n₁ + n₀) (Li, Morgan and Zaslavsky, JASA 113, 2018), and
 * so is the truth here. Within a group it finds the effect on the readers plus by how much these would be worth more than
 * the others had they not read it; that is what readers of the typical item, which does nothing, show too, and what the
 * excess takes off. So the truth is the mean effect on the readers of each group (in the limit of few readers their ATT).
 *
 * It is that of everyone who might have read the item, as likely as they were to: those who happened to are a sample of
 * them, and an interval is about what was sampled.
 */
export class EffectSums {
  readonly #exposed: Groups[];
  readonly #unexposed: Groups[];

  constructor(contents: number) {
    this.#exposed = Array.from({ length: contents }, emptyGroups);
    this.#unexposed = Array.from({ length: contents }, emptyGroups);
  }

  /**
   * @param chance how likely the person was to read the item
   * @param others how many other items the person read
   */
  add(content: number, chance: number, others: number, effect: number): void {
    const group = Math.min(others, MOST_OTHERS);
    const exposed = this.#exposed[content]!;
    const unexposed = this.#unexposed[content]!;
    exposed.persons[group]! += chance;
    exposed.sums[group]! += chance * effect;
    unexposed.persons[group]! += 1 - chance;
    unexposed.sums[group]! += (1 - chance) * effect;
  }

  effects(): TrueEffects {
    const effects = this.#exposed.map((exposed, content) => overlapMean(exposed, this.#unexposed[content]!));
    const ordinary = median(effects);
    return {
      onExposed: this.#exposed.map(mean),
      onUnexposed: this.#unexposed.map(mean),
      effects,
      excesses: effects.map((effect) => effect - ordinary),
    };
  }
}

/** Sums by group, everyone counting as far as they were likely to be of the kind. */
interface Groups {
  persons: Float64Array;
  sums: Float64Array;
}

const emptyGroups = (): Groups => ({
  persons: new Float64Array(MOST_OTHERS + 1),
  sums: new Float64Array(MOST_OTHERS + 1),
});

/** 0 without anybody. */
function mean({ persons, sums }: Groups): number {
  const total = sum(persons);
  return total === 0 ? 0 : sum(sums) / total;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Mean over the exposed of each group, weighted by its overlap. */
function overlapMean(exposed: Groups, unexposed: Groups): number {
  let weights = 0;
  let total = 0;
  for (let group = 0; group <= MOST_OTHERS; group++) {
    const n1 = exposed.persons[group]!;
    const n0 = unexposed.persons[group]!;
    if (n1 === 0 || n0 === 0) continue;
    const weight = (n1 * n0) / (n1 + n0);
    weights += weight;
    total += (weight * exposed.sums[group]!) / n1;
  }
  return weights === 0 ? mean(exposed) : total / weights;
}

/** Differences of mean log(1 + value in major units), by item. */
export interface TrueEffects {
  /** On all who read it, on all who did not, and on readers by overlap. */
  onExposed: number[];
  onUnexposed: number[];
  effects: number[];
  /** Effect less that of the median item. */
  excesses: number[];
}

/** log(1 + value), and −log(1 − value) for what was lost. @param minor hundredths */
export function logValue(minor: number): number {
  return Math.sign(minor) * Math.log1p(Math.abs(minor) / 100);
}
