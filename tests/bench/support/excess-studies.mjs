/** A date in the middle of a simulated world's two years. */
const MIDDLE = Date.UTC(2025, 0, 1);
const hidden = { customers: 5000, contents: 40, confounding: 0.8 };
const other = { persons: 5000, contents: 40, engagement: 'gamma' };

/**
 * What the excess is tried on: `simulate` takes the options of `clv simulate`, `other` those of a world of another make.
 * A study without further word must hold the rate of false discoveries and cover the truth; `recall` is the least share
 * of the true items to find, `none` says that nothing is true, `outside` that the world breaks the assumption that
 * most items are ordinary or that readers of an item are like others who read as much, so that its figures are told and
 * not judged.
 */
export const STUDIES = [
  { name: 'hidden-5000', worlds: 200, quick: 40, simulate: hidden, recall: 0.8, crowns: true },
  {
    name: 'hidden-20000',
    worlds: 40,
    quick: 6,
    simulate: { ...hidden, customers: 20_000 },
    recall: 0.95,
    crowns: true,
  },
  { name: 'none-true', worlds: 200, quick: 60, simulate: { ...hidden, trueShare: 0 }, none: true },
  {
    name: 'none-true-20000',
    worlds: 40,
    quick: 0,
    simulate: { ...hidden, customers: 20_000, trueShare: 0 },
    none: true,
  },
  { name: 'third-true', worlds: 200, quick: 20, simulate: { ...hidden, trueShare: 1 / 3 } },
  {
    name: 'third-true-20000',
    worlds: 40,
    quick: 0,
    simulate: { ...hidden, customers: 20_000, trueShare: 1 / 3 },
  },
  { name: 'reach-100', worlds: 200, quick: 20, simulate: { ...hidden, reachRatio: 100 } },
  {
    name: 'reach-100-20000',
    worlds: 40,
    quick: 4,
    simulate: { ...hidden, customers: 20_000, reachRatio: 100 },
  },
  {
    name: 'prospects',
    worlds: 200,
    quick: 20,
    simulate: { ...hidden, prospects: 0.8, landmark: MIDDLE },
  },
  {
    name: 'prospects-none-true',
    worlds: 200,
    quick: 20,
    simulate: { ...hidden, prospects: 0.8, landmark: MIDDLE, trueShare: 0 },
    none: true,
  },
  { name: 'items-15', worlds: 200, quick: 30, simulate: { ...hidden, contents: 15 } },
  { name: 'items-20', worlds: 200, quick: 20, simulate: { ...hidden, contents: 20 } },
  { name: 'items-200', worlds: 100, quick: 10, simulate: { ...hidden, contents: 200 } },
  { name: 'hidden-0', worlds: 200, quick: 20, simulate: { ...hidden, confounding: 0 } },
  { name: 'hidden-0.4', worlds: 200, quick: 20, simulate: { ...hidden, confounding: 0.4 } },
  { name: 'hidden-1', worlds: 200, quick: 20, simulate: { ...hidden, confounding: 1 } },
  { name: 'small-1000', worlds: 200, quick: 40, simulate: { ...hidden, customers: 1000 } },
  {
    name: 'half-true',
    worlds: 100,
    quick: 10,
    simulate: { ...hidden, trueShare: 0.5 },
    outside: true,
  },
  { name: 'topics', worlds: 100, quick: 10, simulate: { ...hidden, reading: 0.5 }, outside: true },
  { name: 'support', worlds: 100, quick: 15, simulate: { ...hidden, support: 5 }, support: true },
  {
    name: 'support-date',
    worlds: 100,
    quick: 10,
    simulate: { ...hidden, support: 5, prospects: 0.5, landmark: MIDDLE },
    support: true,
  },
  { name: 'other-spend', worlds: 200, quick: 20, other: { ...other, effect: 'spend' } },
  {
    name: 'other-spend-fans',
    worlds: 200,
    quick: 20,
    other: { ...other, effect: 'spend', engagement: 'fans' },
  },
  {
    name: 'other-purchase',
    worlds: 200,
    quick: 20,
    other: { ...other, effect: 'purchase', odds: -3 },
  },
  {
    name: 'other-purchase-fans',
    worlds: 200,
    quick: 20,
    other: { ...other, effect: 'purchase', odds: -4.5, engagement: 'fans' },
  },
  {
    name: 'other-none-true',
    worlds: 200,
    quick: 20,
    other: { ...other, effect: 'purchase', odds: -2.5, trueShare: 0 },
    none: true,
  },
  {
    name: 'other-third-true',
    worlds: 200,
    quick: 20,
    other: { ...other, effect: 'spend', trueShare: 1 / 3 },
  },
  {
    name: 'other-20000',
    worlds: 40,
    quick: 0,
    other: { ...other, persons: 20_000, effect: 'purchase', odds: -3 },
  },
  {
    name: 'other-liking',
    worlds: 100,
    quick: 10,
    other: { ...other, effect: 'spend', liking: 0.15 },
    outside: true,
  },
];

/**
 * The same worlds drawn from other people: how alike are the ten items at the top? While reach stays as it is, plain ρ errs
 * the same way each time and is stable in that (two thirds to nine tenths in common), so that half as much again would be
 * more than ten: those figures are told. What is judged is another season, in which the same items do the same and others
 * are read most. With ten true items among a hundred the top ten is one that can be found.
 */
const ten = { customers: 5000, contents: 100, confounding: 1, trueShare: 0.1 };
export const RESAMPLED = [
  ...[1000, 2000, 5000, 20_000].map((customers) => ({
    name: `stability-${customers}`,
    worlds: customers === 20_000 ? 10 : 40,
    quick: customers === 20_000 ? 0 : 6,
    simulate: { ...hidden, customers },
    outside: true,
  })),
  { name: 'stability-seasons', worlds: 40, quick: 6, simulate: { ...hidden, seasons: true }, outside: true },
  { name: 'stability-ten', worlds: 40, quick: 10, simulate: ten, outside: true },
  {
    name: 'stability-ten-20000',
    worlds: 10,
    quick: 0,
    simulate: { ...ten, customers: 20_000 },
    outside: true,
  },
  { name: 'stability-ten-seasons', worlds: 40, quick: 10, simulate: { ...ten, seasons: true } },
];
