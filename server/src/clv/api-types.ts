import type { TimingAdvice } from '../activation/triggers/api-types';

/** Types that the admin shares with the server; types only. Amounts are major units; times are epoch milliseconds. */

/** Revenue, costs and what is left. */
export interface ValueFigures {
  revenue: number;
  cost: number;
  service: number;
  acquisition: number;
  /** revenue − cost */
  margin: number;
  /** revenue − cost − service − acquisition */
  clv: number;
}

/** What one currency holds of a person's value. */
export interface CurrencyFigures {
  currency: string;
  /** What one unit is worth in the report's currency. */
  rate: number;
  /** Paid orders that are no refunds. */
  orders: number;
  revenue: number;
  cost: number;
  service: number;
  acquisition: number;
}

/** How the costs of one customer record come about. */
export interface RecordFigures {
  customerId: string;
  currency: string;
  acquiredAt: number | null;
  acquisition: number;
  servicePerMonth: number;
  /** Service runs from here: the day of acquisition, or else the first order. */
  servedSince: number | null;
  months: number;
  service: number;
}

/** `GET /clv/people/values?customer=<customer id>`: one person's historical value, figure by figure. */
export interface PersonBreakdown {
  personId: string;
  /** Every customer id of this person; several after a merge. */
  customerIds: string[];
  currency: string;
  timezone: string;
  /** The moment up to which service was counted. */
  now: number;
  firstOrderAt: number | null;
  /** Orders by what they count as; a refund is a paid order with a negative amount. */
  orders: { paid: number; refunds: number; notCounted: number; withoutCost: number };
  byCurrency: CurrencyFigures[];
  records: RecordFigures[];
  /** In the report's currency. */
  value: ValueFigures;
}

/* ---------------------------------------------------------------- what a run of the value engine says */

/** What there was too little of to give a figure. */
export interface NotEnough {
  has: number;
  needs: number;
  of: 'customers' | 'orders' | 'months' | 'subscriptions' | 'answers' | 'costs' | 'people';
}

/** A figure with its 95 % interval (null where it is exact) and the number of cases behind it. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
  n: number;
}

export type Figure = Estimate | { notEnough: NotEnough };

export type PersonKind = 'customer' | 'prospect';

export type Stage = 'prospect' | 'new' | 'active' | 'at risk' | 'lapsed' | 'won back';

/** The head of one run. */
export interface ValueRun {
  id: string;
  jobId: string;
  createdAt: number;
  currency: string;
  timezone: string;
  /** True when the data came from the demonstration. */
  simulated: boolean;
  customers: number;
  prospects: number;
  subscriptions: number;
  orders: number;
  unit: 'day' | 'week' | 'month';
  /** Every prediction is for this time after the run, discounted at this yearly rate. */
  horizonDays: number;
  discountRate: number;
  /** The model in use, such as `mbg-nbd`, or a heuristic's name; null when nothing can be predicted. */
  model: string | null;
  /** Whether what people read is part of the predictions: only where it was measured to help. */
  content: { customers: boolean; prospects: boolean };
  /** Why there is no prediction, in English; null when there is one. */
  problem: string | null;
}

export type TileKey =
  | 'customers'
  | 'historicalClv'
  | 'predictedClv'
  | 'revenuePerCustomer'
  | 'cac'
  | 'ratio'
  | 'payback'
  | 'churn'
  | 'lifetime'
  | 'retention'
  | 'arpu'
  | 'mrr'
  | 'mrrChurn'
  | 'timeToConversion'
  | 'engagement'
  | 'nps'
  | 'ces'
  | 'concentration';

/** One key figure with its course over months (`YYYY-MM`), the latest last. */
export interface Tile {
  key: TileKey;
  unit: 'money' | 'ratio' | 'share' | 'days' | 'months' | 'score' | 'count';
  figure: Figure;
  trend: { month: string; value: number | null }[];
  /** What it is held against, such as 3 for CLV:CAC. */
  target: number | null;
}

export type GroupBy = 'channel' | 'segment' | 'cohort' | 'productLine' | 'tier';

/** The economics of one group; the rows of a grouping sum to the total to the cent. `''` is what nobody said. */
export interface GroupRow extends ValueFigures {
  group: string;
  customers: number;
  orders: number;
  predicted: number | null;
  newCustomers: number;
  /** Marketing costs by month and channel where they are known, else the customers' own acquisition costs. */
  marketing: number;
  cac: Figure;
  /** CLV (historical and predicted, before acquisition) ÷ CAC. */
  ratio: Figure;
  paybackMonths: Figure;
}

export type FormulaKey = 'simple' | 'margin' | 'comprehensive' | 'b2b' | 'historical' | 'predicted';

export interface FormulaResult {
  key: FormulaKey;
  figure: Figure;
  /** The inputs by name, as they entered, so that a finance person can check it. */
  inputs: { name: string; value: number | null; unit: Tile['unit'] }[];
  /** What it counts and how far it looks, which is why it differs from the others: keys `formula.differs.<key>`. */
  differs: string[];
}

export interface CohortRow {
  cohort: string;
  /** The title, where the cohort is a content item. */
  title: string | null;
  customers: number;
  /**
   * By months since the first order, from 0; null what has not happened yet. `n` customers are known for so long; the
   * value is the mean margin (revenue − cost of goods) of one of them up to then.
   */
  cells: ({ n: number; retained: number; cumulativeValue: number } | null)[];
}

export interface TierRow {
  tier: string;
  customers: number;
  value: number;
  predicted: number | null;
  /** Limits of the person's value; null is open. */
  from: number | null;
  to: number | null;
}

/** People who went from one tier to another between two runs; `null` is somebody new. */
export interface TierMove {
  from: string | null;
  to: string;
  people: number;
  /** What went with it: means per person of what happened between the two runs. */
  orders: number;
  revenue: number;
  touches: number;
}

/** Subscribers (a customer with two subscriptions is one) and their MRR at the end of a month, and how they came about. */
export interface SubscriptionMonth {
  month: string;
  active: number;
  started: number;
  ended: number;
  mrr: number;
  newMrr: number;
  churnedMrr: number;
  /** Of subscribers who stayed and pay more, or less. */
  expansionMrr: number;
  contractionMrr: number;
}

/** Everything the Value page shows. Amounts are major units of the report's currency. */
export interface ValueReport {
  /** The rule of inactivity: who has not ordered for so many days has left. Churn, lifetime and stages go by it. */
  inactivityDays: number;
  /** Where marketing costs come from: the costs by month and channel, the customers' own records, or both; null without any. */
  marketingSource: 'costs' | 'records' | 'both' | null;
  tiles: Tile[];
  total: ValueFigures & { customers: number; orders: number; predicted: number | null };
  formulas: FormulaResult[];
  groups: Record<GroupBy, GroupRow[]>;
  /** By month, the latest last. */
  ratioOverTime: {
    month: string;
    newCustomers: number;
    marketing: number;
    cac: number | null;
    ratio: number | null;
  }[];
  cohorts: Record<'month' | 'channel' | 'firstContent', CohortRow[]>;
  concentration: {
    /** Lorenz curve: share of the customers, best first, and their share of the value; from (0, 0) to (1, 1). */
    points: [number, number][];
    /** The share of customers who make 80 % of the value. */
    share80: Figure;
    gini: Figure;
  };
  tiers: {
    rule: 'quantiles' | 'bands' | 'pareto';
    of: 'total' | 'historical' | 'predicted';
    rows: TierRow[];
    /** Null in the first run. */
    moves: TierMove[] | null;
    previousRunAt: number | null;
  };
  stages: { stage: Stage; people: number; value: number; predicted: number | null }[];
  subscriptions: {
    months: SubscriptionMonth[];
    /** Shifted-beta-geometric fit; null without enough ended subscriptions. */
    model: { alpha: number; beta: number; survival: number[]; expectedMonths: Figure } | null;
    notEnough: NotEnough | null;
  };
  timeToConversion: {
    median: Figure;
    lowerQuartile: Figure;
    upperQuartile: Figure;
    histogram: { days: number; people: number }[];
  };
}

/** What can be measured of predictions on people whose future is known. */
export interface Accuracy {
  predicted: number;
  /** (predicted − actual) / actual */
  bias: number | null;
  mae: number;
  rmse: number;
  gini: number | null;
  /** Share of the actual that the tenth with the highest prediction made. */
  topDecileShare: number | null;
}

export interface ModelRow extends Accuracy {
  /** `bg-nbd`, …, or `same-as-before`, `rate`, `hiatus`, `zero`. */
  name: string;
  heuristic: boolean;
}

export interface ParameterRow {
  name: string;
  value: number;
  standardError: number | null;
}

export interface ModelFit {
  model: string;
  customers: number;
  parameters: ParameterRow[];
  logLikelihood: number | null;
  converged: boolean;
  identified: boolean;
  /** In English; null when all is well. */
  problem: string | null;
}

/** One thing that people read or did, and the value that goes with it. */
export interface Signal {
  /** A key of the translations (`signal.<key>`) or, for an item or a topic, its name. */
  key: string;
  name: string | null;
  group: 'amount' | 'recency' | 'kind' | 'topic' | 'item' | 'depth' | 'first' | 'orders' | 'person';
  /** Multiplies the expected value, per standard deviation or, of something one has or has not, by having it. */
  effect: number;
  low: number;
  high: number;
  /** People who have it. */
  n: number;
}

/** Accuracy on the same people with what they read and without it. */
export interface ContentComparison {
  n: number;
  with: Accuracy;
  without: Accuracy;
  /** With less without: errors go down when content helps, Gini up. */
  rmseChange: Figure;
  maeChange: Figure;
  giniChange: Figure;
  /** Change of the mean deviance, which the models are fitted by, as a share of the deviance without content: below 0 when it helps. */
  relativeDevianceChange: Figure;
  /** Whether predictions use content: only where an interval leaves no doubt. */
  used: boolean;
  signals: Signal[];
}

/** Everything the Model page shows. */
export interface ModelReport {
  /** The calibration ends here and the holdout there; null when there is too little data to divide. */
  split: { calibrationEnd: string; holdoutEnd: string; customers: number; actual: number } | null;
  chosen: string | null;
  /** Why that one, in English. */
  reason: string;
  /** Models and heuristics on the holdout. */
  holdout: ModelRow[];
  /** Parameters on all data, the chosen model first, then those it was compared with. */
  fits: ModelFit[];
  monetary: ModelFit | null;
  subscription: ModelFit | null;
  /** The chosen model, in tenths of its predictions. */
  calibration: { predicted: number; actual: number; customers: number }[];
  /** Repeat orders of everyone, cumulative, by period from the first order on. */
  tracking: { period: number; actual: number; predicted: number; holdout: boolean }[];
  content: {
    customers: ContentComparison | { notEnough: NotEnough };
    prospects: ContentComparison | { notEnough: NotEnough };
  };
}

/** `GET /clv/value`; `run` and `report` are null before the first run. */
export interface ValuePage {
  run: ValueRun | null;
  report: ValueReport | null;
  running: string | null;
  lastRun: { id: string; status: string; finishedAt: number | null; error: string | null } | null;
  data: {
    customers: number;
    orders: number;
    subscriptions: number;
    costs: number;
    identifiedVisitors: number;
  };
}

/** `GET /clv/value/model` */
export interface ModelPage {
  run: ValueRun | null;
  report: ModelReport | null;
  running: string | null;
}

export type CustomerSort = 'total' | 'historical' | 'predicted' | 'pAlive' | 'orders' | 'lastOrderAt';

/** One person as the list shows them. Amounts are major units. */
export interface CustomerRow {
  personId: string;
  customerIds: string[];
  kind: PersonKind;
  orders: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  firstTouchAt: number | null;
  lastTouchAt: number | null;
  channel: string | null;
  segment: string | null;
  revenue: number;
  historical: number;
  pAlive: number | null;
  buyProbability: number | null;
  expectedOrders: number | null;
  predicted: number | null;
  total: number;
  tier: string | null;
  previousTier: string | null;
  stage: Stage;
  updatedAt: number;
}

/** `GET /clv/value/customers?search=&kind=&tier=&stage=&sort=total:desc&page=1&pageSize=25`; `search` is a customer id or its beginning. */
export interface CustomersPage {
  run: ValueRun | null;
  customers: CustomerRow[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
  facets: { tiers: string[]; stages: Stage[] };
}

export interface TimelineEvent {
  at: number;
  kind: 'order' | 'refund' | 'view' | 'read' | 'download' | 'subscription';
  /** Title of the content item, or the order's id. */
  label: string;
  /** In the order's own currency. */
  amount: number | null;
  currency: string | null;
  seconds: number | null;
  depth: number | null;
}

/** `GET /clv/value/customers/:personId` */
export interface CustomerDetail {
  run: ValueRun | null;
  customer: CustomerRow;
  value: ValueFigures;
  /** In the run's horizon, with 95 % predictive intervals: what this one customer may do, not the mean of many. */
  predictions: {
    pAlive: number | null;
    expectedOrders: Figure | null;
    predicted: Figure | null;
    nextOrderAt: { median: number; low: number; high: number } | null;
    remainingLifetimeDays: Figure | null;
    /** P(alive) over time as it would have been said then, for the curve. */
    aliveCurve: { at: number; pAlive: number }[];
  };
  /** The signals of reading that raise or lower this person's prediction most. */
  signals: { key: string; name: string | null; effect: number }[];
  /** Orders and touches, latest first, at most 500. */
  timeline: TimelineEvent[];
  more: boolean;
  /** When this person mostly reads and buys, in the run's time zone; null with fewer than five of them. */
  timing: { reads: TimingAdvice | null; buys: TimingAdvice | null };
}

/** Relative changes: 0.1 is ten percent more. */
export interface WhatIfInput {
  /** Whom it is about: everyone, or one group of a grouping. */
  scope: { by: GroupBy; group: string } | null;
  retention: number;
  orderValue: number;
  frequency: number;
  margin: number;
  cac: number;
  /** Reach a content item more: by how many percentage points of the scope (0.1 = ten more of a hundred). */
  item: { contentId: number; reach: number } | null;
}

/** `POST /clv/value/what-if` */
export interface WhatIfResult {
  customers: number;
  today: { clv: Figure; cac: Figure; ratio: Figure };
  then: { clv: Figure; cac: Figure; ratio: Figure };
  /** What the item adds, by its adjusted association (or the plain one where there is none adjusted): never proof of an effect. */
  item: { title: string; adjusted: boolean; perReader: Figure } | null;
}

/** `Job.result` of a `value` job. */
export interface ValueResult {
  runId: string;
  model: string | null;
  customers: number;
  prospects: number;
  seconds: number;
}
