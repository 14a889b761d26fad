import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../../server/src/ranking/api-types';
import { sentenceOf } from '../../../../server/src/ranking/models/advice/sentence';

/** An item without any figure, read by enough and left unread by enough. */
const BLANK: Figures = {
  exposed: 412,
  unexposed: 3000,
  rho: null,
  rhoLow: null,
  rhoHigh: null,
  pValue: null,
  qValue: null,
  rankBiserial: null,
  meanExposed: null,
  meanUnexposed: null,
  medianExposed: null,
  medianUnexposed: null,
  difference: null,
  differenceLow: null,
  differenceHigh: null,
  ratio: null,
  ratioLow: null,
  ratioHigh: null,
  adjustedRho: null,
  adjustedRhoLow: null,
  adjustedRhoHigh: null,
  adjustedDifference: null,
  adjustedDifferenceLow: null,
  adjustedDifferenceHigh: null,
  excess: null,
  excessLow: null,
  excessHigh: null,
  score: null,
  verdict: 'not distinguishable',
  readers: 500,
  readersAlreadyCustomers: 88,
};
const EXCESS = { excess: 0.32, excessLow: 0.19, excessHigh: 0.45 };
const PLAIN = { difference: 80, differenceLow: 35, differenceHigh: 125 };
const adjusted = (low: number) => ({
  adjustedDifference: 10,
  adjustedDifferenceLow: low,
  adjustedDifferenceHigh: 30,
});
const MANY = { comparable: 40, itemsNeeded: 15 };
const say = (
  figures: Partial<Figures>,
  refused: 'no overlap' | 'little overlap' | null = null,
  judged = MANY,
) => sentenceOf({ ...BLANK, ...figures }, refused, judged);

describe('the sentence on an item', () => {
  it('tells how far an associated item is above the typical one, and one below', () => {
    const excess = { value: 0.32, low: 0.19, high: 0.45 };
    expect(say({ ...EXCESS, verdict: 'associated' })).toEqual({ code: 'associated', excess, readers: 412 });
    expect(say({ ...EXCESS, verdict: 'below typical' }).code).toBe('below-typical');
  });

  it('says that a strong figure is gone among like readers, from exactly nothing on', () => {
    const figures = { excess: 0.02, excessLow: -0.1, excessHigh: 0.14, ...PLAIN };
    expect(say({ ...figures, ...adjusted(0) })).toEqual({
      code: 'explained',
      difference: { value: 80, low: 35, high: 125 },
      adjusted: { value: 10, low: 0, high: 30 },
      readers: 412,
    });
    expect(say({ ...figures, ...adjusted(0.01) }).code).toBe('ordinary');
    expect(say({ ...figures, ...adjusted(-10), differenceLow: 0 }).code).toBe('ordinary');
  });

  it('never explains away what is associated', () => {
    expect(say({ ...EXCESS, ...PLAIN, ...adjusted(-5), verdict: 'associated' }).code).toBe('associated');
  });

  it('counts the readers of support, before anything else is said of it', () => {
    const support = { verdict: 'support-like', readersAlreadyCustomers: 355, exposed: 3 } as const;
    expect(say({ ...EXCESS, ...support })).toEqual({ code: 'support', already: 355, readers: 500 });
  });

  it('says how many people are missing on which side', () => {
    expect(say({ exposed: 29, verdict: 'not enough data' })).toEqual({
      code: 'few-readers',
      n: 29,
      needed: 30,
    });
    expect(say({ exposed: 30, unexposed: 29 })).toEqual({ code: 'few-others', n: 29, needed: 30 });
    expect(say({ exposed: 30, unexposed: 30 }).code).toBe('no-variance');
  });

  it('says why there is no comparison', () => {
    expect(say({}, 'no overlap')).toEqual({ code: 'no-overlap', readers: 412 });
    expect(say({}, 'little overlap')).toEqual({ code: 'little-overlap', readers: 412 });
    expect(say(adjusted(-5), null, { comparable: 14, itemsNeeded: 15 })).toEqual({
      code: 'no-typical',
      n: 14,
      needed: 15,
      adjusted: { value: 10, low: -5, high: 30 },
      readers: 412,
    });
  });
});
