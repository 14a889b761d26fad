import type {
  Accuracy,
  ContentComparison,
  CustomerDetail,
  CustomerRow,
  Estimate,
  Figure,
  GroupRow,
  ModelPage,
  Signal,
  Stage,
  Tile,
  TileKey,
  ValuePage,
  ValueReport,
  ValueRun,
} from '../../../server/src/clv/api-types';
import { seededRandom } from '../../../server/src/stats/seeded-random';

/*
 * Answers of the value engine's routes in shapes that a small data set does not bring forth: every kind of figure, long
 * names, groups without costs. For the look of screens; what the figures are is tested elsewhere.
 */

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T08:00:00Z');
const random = seededRandom(7);

const figure = (value: number, spread: number, n: number): Estimate => ({
  value,
  low: value - spread,
  high: value + spread,
  n,
});
const exact = (value: number, n: number): Estimate => ({ value, low: null, high: null, n });
const tooFew = (has: number, needs: number, of: 'customers' | 'costs' | 'answers'): Figure => ({
  notEnough: { has, needs, of },
});

const MONTHS = Array.from({ length: 16 }, (_, k) => {
  const date = new Date(Date.UTC(2025, 7 + k, 1));
  return date.toISOString().slice(0, 7);
});

export const RUN: ValueRun = {
  id: 'run-1',
  jobId: 'job-1',
  createdAt: NOW,
  currency: 'EUR',
  timezone: 'Europe/Rome',
  simulated: true,
  customers: 4218,
  prospects: 1904,
  subscriptions: 640,
  orders: 11_362,
  unit: 'week',
  horizonDays: 365,
  discountRate: 0.1,
  model: 'mbg-nbd',
  content: { customers: true, prospects: true },
  problem: null,
};

function tile(key: TileKey, unit: Tile['unit'], value: Figure, target: number | null = null): Tile {
  const end = 'value' in value ? value.value : 0;
  const trend = MONTHS.map((month, k) => ({
    month,
    value: 'value' in value ? end * (0.72 + (0.28 * k) / 15 + 0.06 * (random() - 0.5)) : null,
  }));
  return { key, unit, figure: value, trend, target };
}

const TILES: Tile[] = [
  tile('ratio', 'ratio', figure(3.4, 0.3, 4218), 3),
  tile('historicalClv', 'money', figure(182.4, 9.1, 4218)),
  tile('predictedClv', 'money', figure(96.3, 6.2, 4218)),
  tile('revenuePerCustomer', 'money', figure(412.8, 14, 4218)),
  tile('concentration', 'share', figure(0.236, 0.012, 4218)),
  tile('customers', 'count', exact(4218, 4218)),
  tile('cac', 'money', exact(81.95, 4218)),
  tile('payback', 'months', figure(7.2, 0.6, 4218)),
  tile('timeToConversion', 'days', figure(34, 3, 2901)),
  tile('engagement', 'share', figure(0.412, 0.006, 61_204)),
  tile('retention', 'share', figure(0.941, 0.008, 640)),
  tile('churn', 'share', figure(0.059, 0.008, 640)),
  tile('lifetime', 'months', figure(16.9, 2.1, 640)),
  tile('arpu', 'money', figure(24.6, 0.8, 640)),
  tile('mrr', 'money', exact(15_744, 640)),
  tile('mrrChurn', 'share', figure(0.052, 0.007, 640)),
  tile('nps', 'score', figure(38, 6, 512)),
  tile('ces', 'score', tooFew(11, 30, 'answers')),
];

function group(name: string, customers: number, clv: number, cac: number | null): GroupRow {
  const revenue = customers * (clv + 220);
  const acquisition = customers * 20;
  return {
    group: name,
    customers,
    orders: Math.round(customers * 2.7),
    revenue,
    cost: customers * 180,
    service: customers * 20,
    acquisition,
    margin: revenue - customers * 180,
    clv: customers * clv,
    predicted: customers * clv * 0.5,
    newCustomers: Math.round(customers / 4),
    marketing: cac === null ? 0 : Math.round((customers / 4) * cac),
    cac: cac === null ? tooFew(0, 1, 'costs') : exact(cac, Math.round(customers / 4)),
    ratio:
      cac === null
        ? tooFew(0, 1, 'costs')
        : figure((clv * 1.5) / cac, (clv * 4) / cac / Math.sqrt(customers), customers),
    paybackMonths: cac === null ? tooFew(0, 1, 'costs') : figure((12 * cac) / clv, 1, customers),
  };
}

const GROUPS: ValueReport['groups'] = {
  channel: [
    group('Newsletter', 980, 236, 41),
    group('Organic search', 1420, 198, 62),
    group('Paid search', 1010, 148, 96),
    group('LinkedIn sponsored content, third quarter', 410, 133, 121),
    group('Trade fairs', 88, 402, 388),
    group('', 310, 121, null),
  ],
  segment: [
    group('Enterprise', 320, 640, 210),
    group('Mid-market', 1240, 220, 88),
    group('Small', 2658, 108, 52),
  ],
  cohort: MONTHS.map((month, k) => group(month, 180 + 12 * k, 260 - 11 * k, 70 + 2 * k)),
  productLine: [group('Courses', 2210, 210, 70), group('Books', 2008, 150, 58)],
  tier: [group('Gold', 420, 910, 92), group('Silver', 1270, 214, 80), group('Bronze', 2528, 46, 79)],
};

const STAGES: [Stage, number, number, number | null][] = [
  ['prospect', 1904, 0, 21_460],
  ['new', 512, 41_200, 52_310],
  ['active', 1480, 402_000, 268_400],
  ['at risk', 634, 151_300, 48_200],
  ['lapsed', 1496, 160_100, 11_700],
  ['won back', 96, 14_800, 9_900],
];

const cohort = (name: string, customers: number, length: number, title: string | null = null) => ({
  cohort: name,
  title,
  customers,
  cells: Array.from({ length: 13 }, (_, month) =>
    month < length
      ? {
          n: customers - 3 * month,
          retained: month === 0 ? 1 : 0.34 * 0.9 ** month + 0.05 * random(),
          cumulativeValue: 62 + 31 * Math.sqrt(month) + 6 * random(),
        }
      : null,
  ),
});

export const REPORT: ValueReport = {
  marketingSource: 'costs',
  inactivityDays: 180,
  tiles: TILES,
  total: {
    revenue: 1_741_200,
    cost: 759_240,
    service: 84_360,
    acquisition: 84_360,
    margin: 981_960,
    clv: 813_240,
    customers: 4218,
    orders: 11_362,
    predicted: 406_193,
  },
  formulas: [
    {
      key: 'historical',
      differs: ['goods', 'service', 'acquisition', 'so-far', 'each-customer'],
      figure: figure(182.4, 9.1, 4218),
      inputs: [
        { name: 'revenue', value: 412.8, unit: 'money' },
        { name: 'cost', value: 180, unit: 'money' },
        { name: 'service', value: 20, unit: 'money' },
        { name: 'acquisition', value: 30.4, unit: 'money' },
      ],
    },
    {
      key: 'simple',
      differs: ['revenue', 'whole-life'],
      figure: figure(653.1, 41, 4218),
      inputs: [
        { name: 'orderValue', value: 153.25, unit: 'money' },
        { name: 'ordersPerMonth', value: 0.252, unit: 'count' },
        { name: 'lifespan', value: 16.9, unit: 'months' },
      ],
    },
    {
      key: 'margin',
      differs: ['goods', 'whole-life'],
      figure: figure(368.4, 27, 4218),
      inputs: [
        { name: 'revenuePerMonth', value: 38.62, unit: 'money' },
        { name: 'margin', value: 0.5639, unit: 'share' },
        { name: 'churn', value: 0.059, unit: 'share' },
      ],
    },
    {
      key: 'comprehensive',
      differs: ['goods', 'service', 'discounted', 'acquisition', 'whole-life'],
      figure: figure(271.8, 21, 4218),
      inputs: [{ name: 'discount', value: 0.00797, unit: 'share' }],
    },
    {
      key: 'b2b',
      differs: ['goods', 'service', 'whole-life'],
      figure: tooFew(12, 30, 'customers'),
      inputs: [{ name: 'servicePerMonth', value: 1.2, unit: 'money' }],
    },
    {
      key: 'predicted',
      differs: ['goods', 'service', 'discounted', 'horizon', 'each-customer'],
      figure: figure(96.3, 6.2, 4218),
      inputs: [{ name: 'horizon', value: 365, unit: 'days' }],
    },
  ],
  groups: GROUPS,
  ratioOverTime: MONTHS.map((month, k) => ({
    month,
    newCustomers: 180 + 12 * k,
    marketing: 14_000 + 700 * k,
    cac: k === 3 ? null : 70 + 2 * k,
    ratio: k === 3 ? null : 4.6 - 0.16 * k + 0.4 * random(),
  })),
  cohorts: {
    month: MONTHS.map((month, k) => cohort(month, 180 + 12 * k, MONTHS.length - k)),
    channel: [cohort('Newsletter', 980, 13), cohort('Organic search', 1420, 13), cohort('', 310, 13)],
    firstContent: [
      cohort('11', 210, 13, 'How we measured the effect of slow mornings on the whole team'),
      cohort('12', 180, 13, 'Pricing guide'),
    ],
  },
  concentration: {
    points: Array.from({ length: 101 }, (_, k) => [k / 100, 1 - (1 - k / 100) ** 5.9] as [number, number]),
    share80: figure(0.236, 0.012, 4218),
    gini: figure(0.71, 0.012, 4218),
  },
  tiers: {
    rule: 'quantiles',
    of: 'total',
    rows: [
      { tier: 'Gold', customers: 420, value: 382_000, predicted: 190_000, from: 620, to: null },
      { tier: 'Silver', customers: 1270, value: 271_000, predicted: 150_000, from: 140, to: 620 },
      { tier: 'Bronze', customers: 2528, value: 116_000, predicted: 66_000, from: null, to: 140 },
    ],
    moves: [
      { from: 'Gold', to: 'Gold', people: 362, orders: 1.9, revenue: 402, touches: 6.1 },
      { from: 'Gold', to: 'Silver', people: 31, orders: 0.1, revenue: 8, touches: 0.6 },
      { from: 'Silver', to: 'Gold', people: 52, orders: 2.8, revenue: 690, touches: 9.4 },
      { from: 'Silver', to: 'Silver', people: 1104, orders: 0.6, revenue: 88, touches: 2.2 },
      { from: 'Silver', to: 'Bronze', people: 74, orders: 0, revenue: 0, touches: 0.3 },
      { from: 'Bronze', to: 'Silver', people: 98, orders: 1.4, revenue: 171, touches: 4.8 },
      { from: 'Bronze', to: 'Bronze', people: 2290, orders: 0.1, revenue: 11, touches: 0.7 },
      { from: null, to: 'Bronze', people: 164, orders: 1.1, revenue: 61, touches: 3.3 },
      { from: null, to: 'Silver', people: 16, orders: 1.6, revenue: 240, touches: 5.2 },
      { from: null, to: 'Gold', people: 6, orders: 2.2, revenue: 880, touches: 7.5 },
    ],
    previousRunAt: NOW - 30 * DAY,
  },
  stages: STAGES.map(([stage, people, value, predicted]) => ({ stage, people, value, predicted })),
  subscriptions: {
    months: MONTHS.map((month, k) => ({
      month,
      active: 310 + 22 * k,
      started: 44 + Math.round(10 * random()),
      ended: 22 + Math.round(9 * random()),
      mrr: 7_600 + 543 * k,
      churnedMrr: 500 + 20 * k,
      newMrr: 1_000 + 15 * k,
      expansionMrr: 120,
      contractionMrr: 77,
    })),
    model: {
      alpha: 0.9,
      beta: 4.2,
      survival: Array.from({ length: 25 }, (_, k) => 0.95 ** k),
      expectedMonths: figure(19.4, 3.2, 640),
    },
    notEnough: null,
  },
  timeToConversion: {
    median: figure(34, 3, 2901),
    lowerQuartile: figure(12, 1, 2901),
    upperQuartile: figure(71, 5, 2901),
    histogram: Array.from({ length: 18 }, (_, k) => ({ days: k * 10, people: Math.round(410 * 0.83 ** k) })),
  },
};

export const VALUE_PAGE: ValuePage = {
  run: RUN,
  report: REPORT,
  running: null,
  lastRun: { id: 'job-1', status: 'done', finishedAt: NOW, error: null },
  data: { customers: 4218, orders: 11_362, subscriptions: 640, costs: 80, identifiedVisitors: 5210 },
};

const accuracy = (
  predicted: number,
  mae: number,
  rmse: number,
  gini: number | null,
  top: number,
): Accuracy => ({
  predicted,
  bias: predicted / 1882 - 1,
  mae,
  rmse,
  gini,
  topDecileShare: top,
});

const SIGNALS: Signal[] = [
  { key: 'downloads', name: null, group: 'kind', effect: 1.41, low: 1.28, high: 1.55, n: 812 },
  { key: 'topic:pricing', name: 'pricing', group: 'topic', effect: 1.32, low: 1.18, high: 1.48, n: 640 },
  { key: 'sinceLastTouch', name: null, group: 'recency', effect: 0.74, low: 0.68, high: 0.81, n: 3120 },
  {
    key: 'item:11',
    name: 'How we measured the effect of slow mornings on the whole team',
    group: 'item',
    effect: 1.21,
    low: 1.02,
    high: 1.43,
    n: 210,
  },
  { key: 'activeDays', name: null, group: 'amount', effect: 1.12, low: 1.05, high: 1.19, n: 3120 },
  { key: 'depth', name: null, group: 'depth', effect: 1.04, low: 0.97, high: 1.11, n: 3120 },
  { key: 'firstType:article', name: 'article', group: 'first', effect: 0.93, low: 0.81, high: 1.06, n: 1902 },
  {
    key: 'channel:newsletter',
    name: 'newsletter',
    group: 'person',
    effect: 1.09,
    low: 0.99,
    high: 1.2,
    n: 980,
  },
  { key: 'minutes', name: null, group: 'amount', effect: 1.02, low: 0.96, high: 1.08, n: 3120 },
];

const compared = (gain: number): ContentComparison => ({
  n: 2357,
  with: accuracy(1850, 0.71, 1.55 * (1 - gain), 0.64 + gain, 0.52),
  without: accuracy(1823, 0.74, 1.55, 0.64, 0.49),
  rmseChange: figure(-1.55 * gain, 0.03, 2357),
  maeChange: figure(-0.8 * gain, 0.02, 2357),
  giniChange: figure(gain, 0.02, 2357),
  relativeDevianceChange: figure(-gain, 0.02, 2357),
  used: gain > 0.03,
  signals: SIGNALS,
});

export const MODEL_PAGE: ModelPage = {
  run: RUN,
  running: null,
  report: {
    split: { calibrationEnd: '2026-03-31', holdoutEnd: '2026-11-19', customers: 2357, actual: 1882 },
    chosen: 'mbg-nbd',
    reason: 'It has the lowest RMSE on the holdout and beats every plain rule.',
    holdout: [
      { name: 'mbg-nbd', heuristic: false, ...accuracy(1823, 0.7411, 1.5512, 0.641, 0.49) },
      { name: 'bg-nbd', heuristic: false, ...accuracy(1741, 0.7532, 1.5731, 0.633, 0.482) },
      { name: 'pareto-nbd', heuristic: false, ...accuracy(1790, 0.7462, 1.5629, 0.636, 0.487) },
      { name: 'same-as-before', heuristic: true, ...accuracy(2457, 0.9432, 1.8831, 0.601, 0.451) },
      { name: 'rate', heuristic: true, ...accuracy(3102, 1.2201, 2.4412, 0.588, 0.442) },
      { name: 'hiatus', heuristic: true, ...accuracy(1532, 0.7411, 1.7012, 0.552, 0.431) },
      { name: 'zero', heuristic: true, ...accuracy(0, 0.7985, 1.9901, null, 0.1) },
    ],
    fits: [
      {
        model: 'mbg-nbd',
        customers: 4218,
        parameters: [
          { name: 'r', value: 0.5247, standardError: 0.0461 },
          { name: 'α', value: 6.1826, standardError: 0.4912 },
          { name: 'a', value: 0.8912, standardError: 0.1834 },
          { name: 'b', value: 1.6136, standardError: 0.2711 },
        ],
        logLikelihood: -9582.43,
        converged: true,
        identified: true,
        problem: null,
      },
      {
        model: 'pareto-nbd',
        customers: 4218,
        parameters: [
          { name: 'r', value: 0.5534, standardError: 0.0476 },
          { name: 's', value: 0.6061, standardError: null },
        ],
        logLikelihood: -9594.98,
        converged: true,
        identified: false,
        problem: 'The likelihood is flat in s and β: their ratio is known, each of them is not.',
      },
    ],
    monetary: {
      model: 'gamma-gamma',
      customers: 1902,
      parameters: [
        { name: 'p', value: 6.2496, standardError: 1.19 },
        { name: 'q', value: 3.7444, standardError: 0.2903 },
        { name: 'γ', value: 15.447, standardError: 4.159 },
      ],
      logLikelihood: -4054.72,
      converged: true,
      identified: true,
      problem: null,
    },
    subscription: null,
    calibration: Array.from({ length: 10 }, (_, k) => ({
      predicted: 0.06 * 1.52 ** k,
      actual: 0.055 * 1.54 ** k + 0.1 * random(),
      customers: k === 9 ? 239 : 235,
    })),
    tracking: Array.from({ length: 68 }, (_, k) => ({
      period: k + 1,
      actual: Math.round(4339 * (1 - Math.exp(-k / 34)) + 40 * random()),
      predicted: 4280 * (1 - Math.exp(-k / 35)),
      holdout: k >= 38,
    })),
    content: { customers: compared(0.06), prospects: compared(0.01) },
  },
};

const ROW: CustomerRow = {
  personId: 'person-0',
  customerIds: ['C-1000', 'C-7719', 'crm:55'],
  kind: 'customer',
  orders: 9,
  firstOrderAt: NOW - 390 * DAY,
  lastOrderAt: NOW - 3 * DAY,
  firstTouchAt: NOW - 420 * DAY,
  lastTouchAt: NOW - 2 * DAY,
  channel: 'Newsletter',
  segment: 'Enterprise',
  revenue: 4_800,
  historical: 2_400,
  pAlive: 0.98,
  buyProbability: null,
  expectedOrders: 2.4,
  predicted: 1_008,
  total: 3_408,
  tier: 'gold',
  previousTier: 'silver',
  stage: 'at risk',
  updatedAt: NOW,
};

const TITLES = [
  'Pricing guide',
  'How we measured the effect of slow mornings on the whole team',
  'A field guide',
];

export const CUSTOMER: CustomerDetail = {
  run: RUN,
  customer: ROW,
  value: {
    revenue: 4_800,
    cost: 2_210.4,
    service: 120,
    acquisition: 69.6,
    margin: 2_589.6,
    clv: 2_400,
  },
  predictions: {
    pAlive: 0.98,
    expectedOrders: { value: 2.4, low: 0, high: 6, n: 9 },
    predicted: { value: 1008, low: 0, high: 2810, n: 9 },
    nextOrderAt: { median: NOW + 31 * DAY, low: NOW + 2 * DAY, high: NOW + 190 * DAY },
    remainingLifetimeDays: { value: 710, low: 40, high: 2900, n: 9 },
    aliveCurve: Array.from({ length: 80 }, (_, k) => {
      const since = (k % 20) / 20;
      return { at: NOW - (400 - 5 * k) * DAY, pAlive: Math.max(0.1, 1 - 0.75 * since ** 2) };
    }),
  },
  signals: [
    { key: 'downloads', name: null, effect: 1.41 },
    { key: 'topic:pricing', name: 'pricing', effect: 1.32 },
    { key: 'sinceLastTouch', name: null, effect: 0.88 },
  ],
  timeline: Array.from({ length: 46 }, (_, k) => {
    const at = NOW - (3 + 8.6 * k) * DAY;
    if (k % 5 === 0)
      return {
        at,
        kind: k === 20 ? ('refund' as const) : ('order' as const),
        label: `O-${9000 - k}`,
        amount: k === 20 ? -120 : 240 + 70 * (k % 11),
        currency: 'EUR',
        seconds: null,
        depth: null,
      };
    const kind = (['view', 'read', 'download'] as const)[k % 3]!;
    return {
      at,
      kind,
      label: TITLES[k % 3]!,
      amount: null,
      currency: null,
      seconds: 40 * k,
      depth: kind === 'download' ? null : 80,
    };
  }),
  more: false,
  timing: { reads: { weekday: 2, hour: 9, n: 37 }, buys: { weekday: 4, hour: 15, n: 9 } },
};
