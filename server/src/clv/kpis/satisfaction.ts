import type { Figure } from '../api-types';
import { meanFigure, NEEDED, notEnough, Z } from './figure';

const PROMOTER = 9;
const DETRACTOR = 6;

/** Counts of answers 0 to 10, and sums of answers 1 to 7. */
export interface Answers {
  promoters: number;
  detractors: number;
  recommend: number;
  effort: { n: number; sum: number; squares: number };
}

export const noAnswers = (): Answers => ({
  promoters: 0,
  detractors: 0,
  recommend: 0,
  effort: { n: 0, sum: 0, squares: 0 },
});

/** Adds `times` customers who said the same. */
export function addAnswers(answers: Answers, nps: number | null, ces: number | null, times = 1): void {
  if (nps !== null) {
    answers.recommend += times;
    if (nps >= PROMOTER) answers.promoters += times;
    if (nps <= DETRACTOR) answers.detractors += times;
  }
  if (ces !== null) {
    answers.effort.n += times;
    answers.effort.sum += times * ces;
    answers.effort.squares += times * ces * ces;
  }
}

/**
 * Net promoter score, −100 to 100: the share of answers 9 and 10 less that of 0 to 6. Interval of the difference of two
 * shares of one multinomial sample: D. Bonett and R. Price, "Adjusted Wald confidence interval for a difference of
 * binomial proportions based on paired data", Journal of Educational and Behavioral Statistics 37, 2012.
 */
export function netPromoterScore({ promoters, detractors, recommend: n }: Answers): Figure {
  if (n < NEEDED) return notEnough('answers', n, NEEDED);
  const p = (promoters + 1) / (n + 2);
  const d = (detractors + 1) / (n + 2);
  const reach = Z * Math.sqrt((p + d - (p - d) ** 2) / (n + 2));
  return {
    value: (100 * (promoters - detractors)) / n,
    low: 100 * Math.max(-1, p - d - reach),
    high: 100 * Math.min(1, p - d + reach),
    n,
  };
}

/** Customer effort score: the mean answer, 1 to 7, 7 being the least effort. */
export const customerEffortScore = ({ effort }: Answers): Figure =>
  meanFigure(effort.n, effort.sum, effort.squares, 'answers');
