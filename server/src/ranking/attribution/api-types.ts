/** Types that the admin shares with the server; types only. Amounts are major units of the report's currency. */

/** Models that credit each order for itself, and two that look at all journeys together. */
export type AttributionModel =
  | 'first'
  | 'last'
  | 'last-content'
  | 'linear'
  | 'position'
  | 'w-shape'
  | 'full-path'
  | 'time-decay'
  | 'markov'
  | 'shapley';

/** How the Markov chain was made: exactly solved, over so many items and so many others together as one. */
export interface MarkovNote {
  /** How many touches it remembers. */
  order: number;
  items: number;
  others: number;
  /** Share of the journeys that ended with an order. */
  conversionRate: number | null;
}

/** How the Shapley values were found. */
export interface ShapleyNote {
  method: 'exact' | 'sampled' | 'equal-split';
  items: number;
  others: number;
  /** Random orders of the items, each used backwards too; null unless sampled. */
  pairs: number | null;
}

export interface AttributionTotals {
  /** Paid orders, refunds not counted. */
  orders: number;
  /** Paid orders less refunds. */
  revenue: number;
  /** Orders before which something was touched within the look-back. */
  ordersWithContent: number;
  revenueWithContent: number;
  /** Revenue less that with content. */
  revenueWithout: number;
  /** Journeys of readers without an order in the window; counted from every k-th reader where `everyReader` is k. */
  journeysWithoutOrder: number;
  everyReader: number;
  /** Of the orders with content, those whose buyer was identified after the first touch, and whose deal was created then. */
  identifiedOnTheWay: number;
  dealOnTheWay: number;
}

/** What was credited in the latest run, over what. */
export interface AttributionReport {
  jobId: string;
  createdAt: number;
  /** True when the data came from the demonstration. */
  simulated: boolean;
  currency: string;
  timezone: string;
  /** Orders from this moment on and before that. */
  from: number;
  before: number;
  windowDays: number;
  lookbackDays: number;
  halfLifeDays: number;
  totals: AttributionTotals;
  /** Items that any model credits. */
  items: number;
  models: ModelTotal[];
  markov: MarkovNote;
  shapley: ShapleyNote;
  /** The items that models disagree on most, the widest apart first. */
  disagreements: Disagreement[];
}

export interface ModelTotal {
  model: AttributionModel;
  /** What its items have together, those that are told as one among them: always the revenue with content. */
  credited: number;
  /** What the items have that the model tells as one; null where each stands for itself. */
  others: Credit | null;
  /** The largest credit of one item, for the length of bars. */
  largest: number;
}

export interface Disagreement {
  item: AttributedContent;
  most: { model: AttributionModel; share: number };
  least: { model: AttributionModel; share: number };
}

export interface Credit {
  revenue: number;
  conversions: number;
}

export interface ItemCreditOf extends Credit {
  /** Of the revenue with content; null when that is not above zero. */
  share: number | null;
  /** Of the revenue; null unless the model was estimated from a sample. */
  standardError: number | null;
}

export interface AttributedContent {
  contentId: number;
  kind: string;
  locale: string;
  title: string;
}

export interface AttributedItem extends AttributedContent {
  uid: string;
  documentId: string;
  unpublishedAt: number | null;
  deletedAt: number | null;
  /** Orders before which it was touched. */
  orders: number;
  /** By model; null where the model tells it together with others. */
  credits: Record<AttributionModel, ItemCreditOf | null>;
}

export type AttributionSort = AttributionModel | 'title' | 'orders';

/**
 * `GET /clv/attribution?search=&kind=&locale=&sort=linear:desc&page=1&pageSize=25`
 * `report` is null before the first run. `GET /clv/attribution/export.csv` takes the same parameters, without the page.
 */
export interface AttributionPage {
  report: AttributionReport | null;
  items: AttributedItem[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
  facets: { kinds: string[]; locales: string[] };
  running: string | null;
  lastRun: { id: string; status: string; finishedAt: number | null; error: string | null } | null;
}

/** The section `attribution` of one item, as `clv_item_sections` keeps it. */
export interface ItemAttribution {
  currency: string;
  from: number;
  before: number;
  lookbackDays: number;
  orders: number;
  credits: Record<AttributionModel, ItemCreditOf | null>;
}

/** `GET /clv/attribution/orders/:orderId`: how single orders are credited, and why. */
export interface OrderAttribution {
  orderId: string;
  personId: string;
  at: number;
  /** After refunds that are known to take back this order. */
  amount: number;
  refunded: number;
  currency: string;
  lookbackDays: number;
  halfLifeDays: number;
  identifiedAt: number | null;
  dealCreatedAt: number | null;
  /** First to last. */
  journey: {
    contentId: number;
    title: string;
    kind: 'view' | 'read' | 'download';
    at: number;
  }[];
  models: {
    model: Exclude<AttributionModel, 'markov' | 'shapley'>;
    credits: { contentId: number; title: string; share: number; revenue: number }[];
  }[];
}
