import { benjaminiHochberg } from '../../../stats/benjamini-hochberg';
import { betweenVariance } from '../../../stats/between-variance';
import { studentTQuantile } from '../../../stats/student-t-quantile';
import { studentTTails } from '../../../stats/student-t-tails';
import type { Interval } from '../../advice/api-types';
import type { ContentGroup } from './groups';

/** An item that can be compared with what is typical. */
export interface ComparedPiece {
  excess: number;
  standardError: number;
}

export interface WorthwhileGroup {
  group: ContentGroup;
  /** Its items that have an excess. */
  items: number[];
  excess: Interval;
  qValue: number;
}

/** Pieces with an excess that a group needs: of two, nobody knows whether they are alike. */
export const PIECES_NEEDED = 3;

/**
 * Groups whose pieces go with more value than the typical piece does. The mean of a group's excesses is that of the
 * random-effects model: pieces of a group differ in truth, by a variance after Paule and Mandel (`stats/between-variance`),
 * so that one great piece among ordinary ones does not make a topic. As few pieces tell little of that variance, the interval
 * is Student's with one degree of freedom less than there are pieces (J. Hartung and G. Knapp, "A refined method for the
 * meta-analysis of controlled clinical trials with binary outcome", Statistics in Medicine 20, 2001, which with this variance
 * comes to that, and never less than without any). q-values are over all groups asked, of whatever dimension.
 *
 * @param pieces by item; undefined for one without an excess, or one that is none of the family
 * @returns how many groups were asked, and those with the lower end above 0 and q up to `fdr`, by that lower end
 */
export function worthwhileGroups(
  groups: ContentGroup[],
  pieces: (ComparedPiece | undefined)[],
  fdr: number,
): { asked: number; found: WorthwhileGroup[] } {
  const asked = groups.flatMap((group) => {
    const items = group.items.filter((item) => pieces[item] !== undefined);
    return items.length < PIECES_NEEDED ? [] : { group, items, ...pooled(items.map((i) => pieces[i]!)) };
  });
  const qValues = benjaminiHochberg(asked.map(({ pValue }) => pValue));
  const found = asked
    .map(({ pValue, ...rest }, i) => ({ ...rest, qValue: qValues[i]! }))
    .filter(({ excess, qValue }) => excess.low > 0 && qValue <= fdr)
    .sort((a, b) => b.excess.low - a.excess.low);
  return { asked: asked.length, found };
}

/** Mean excess of some pieces, and the two-sided p-value of none. */
export function pooled(pieces: ComparedPiece[]): { excess: Interval; pValue: number } {
  const { mean, meanVariance } = betweenVariance(
    pieces.map(({ excess, standardError }) => ({ value: excess, variance: standardError ** 2 })),
  );
  const df = pieces.length - 1;
  const standardError = Math.sqrt(meanVariance);
  const reach = studentTQuantile(0.975, df) * standardError;
  return {
    excess: { value: mean, low: mean - reach, high: mean + reach },
    pValue: studentTTails(mean / standardError, df),
  };
}
