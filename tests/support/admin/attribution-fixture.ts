import type {
  AttributedItem,
  AttributionModel,
  AttributionPage,
  OrderAttribution,
} from '../../../server/src/ranking/attribution/api-types';
import { creditByOrderModels } from '../../../server/src/ranking/attribution/order-models';
import { inMinorUnits, ORDER_MODELS } from '../../../server/src/ranking/models/attribution';
import { seededRandom } from '../../../server/src/stats/seeded-random';

/*
 * An answer of the attribution's route with what a small data set does not bring forth: long titles, credits below zero,
 * items that a model tells together, an entry that is gone. Columns sum to the same revenue, as those of a run do.
 */

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T08:00:00Z');
const REVENUE = 184_213_457;
const WITH_CONTENT = 121_908_322;

const MODELS: AttributionModel[] = [
  'first',
  'last',
  'last-content',
  'linear',
  'position',
  'w-shape',
  'full-path',
  'time-decay',
  'markov',
  'shapley',
];

const TITLES = [
  'How much does an office coffee machine really cost? A calculation over five years, with everything in it',
  'Buying guide: the right machine for ten, fifty and two hundred people',
  'White paper: coffee in the company, health and productivity',
  'Descaling, step by step',
  'Kaffeevollautomaten im Vergleich: Leasing, Miete oder Kauf?',
  'Donaudampfschifffahrtsgesellschaftskapitänskaffeemaschinenreinigungstablettenbestellformular',
  'Fair trade beans: what the labels mean',
  'Case study: Rossi & Partners',
  'قهوة المكتب: دليل كامل',
  'Sustainability report 2026',
  'Water hardness and why it matters',
  'Barista tricks for the break room',
];

const random = seededRandom(5);
const others = inMinorUnits(WITH_CONTENT, [0.031, 0.969])[0]!;

/** Shares around a place in the list; those of Shapley may be below zero. */
function sharesOf(model: AttributionModel): number[] {
  const raw = TITLES.map((_, i) => Math.exp(-i / 3.2) * (0.4 + 1.2 * random()));
  if (model === 'shapley') raw[3] = -0.12;
  const sum = raw.reduce((all, one) => all + one, 0);
  return raw.map((one) => one / sum);
}

const amounts = Object.fromEntries(
  MODELS.map((model) => {
    const told = model === 'markov' ? WITH_CONTENT - others : WITH_CONTENT;
    return [model, inMinorUnits(told, sharesOf(model))];
  }),
) as Record<AttributionModel, number[]>;

const items: AttributedItem[] = TITLES.map((title, i) => ({
  contentId: i + 1,
  uid: 'api::article.article',
  documentId: `doc-${i}`,
  locale: i === 4 || i === 5 ? 'de' : i === 8 ? 'ar' : 'en',
  kind: i % 3 === 2 ? 'white-paper' : 'article',
  title,
  unpublishedAt: i === 6 ? NOW - 20 * DAY : null,
  deletedAt: null,
  orders: 2_400 - 170 * i,
  credits: Object.fromEntries(
    MODELS.map((model) => [
      model,
      model === 'markov' && i > 9
        ? null
        : {
            revenue: amounts[model][i]! / 100,
            conversions: (4_100 * amounts[model][i]!) / WITH_CONTENT,
            share: amounts[model][i]! / WITH_CONTENT,
            standardError: model === 'shapley' ? 2_130.4 : null,
          },
    ]),
  ) as AttributedItem['credits'],
}));

const spread = (item: AttributedItem) => {
  const shares = MODELS.flatMap((model) => {
    const share = item.credits[model]?.share ?? null;
    return share === null ? [] : [{ model, share }];
  }).sort((a, b) => b.share - a.share);
  const { contentId, kind, locale, title } = item;
  return { item: { contentId, kind, locale, title }, most: shares[0]!, least: shares.at(-1)! };
};

export const ATTRIBUTION_PAGE: AttributionPage = {
  report: {
    jobId: 'job-1',
    createdAt: NOW,
    simulated: true,
    currency: 'EUR',
    timezone: 'Europe/Rome',
    from: NOW - 365 * DAY,
    before: NOW,
    windowDays: 365,
    lookbackDays: 90,
    halfLifeDays: 7,
    totals: {
      orders: 6_288,
      revenue: REVENUE / 100,
      ordersWithContent: 4_100,
      revenueWithContent: WITH_CONTENT / 100,
      revenueWithout: (REVENUE - WITH_CONTENT) / 100,
      journeysWithoutOrder: 18_430,
      everyReader: 2,
      identifiedOnTheWay: 2_911,
      dealOnTheWay: 1_204,
    },
    items: items.length,
    models: MODELS.map((model) => ({
      model,
      credited: WITH_CONTENT / 100,
      others: model === 'markov' ? { revenue: others / 100, conversions: 127 } : null,
      largest: Math.max(...amounts[model]) / 100,
    })),
    markov: { order: 2, items: 10, others: 2, conversionRate: 0.182 },
    shapley: { method: 'sampled', items: 12, others: 0, pairs: 1000 },
    disagreements: items
      .map(spread)
      .sort((a, b) => b.most.share - b.least.share - (a.most.share - a.least.share))
      .slice(0, 5),
  },
  items,
  pagination: { page: 1, pageSize: 25, pageCount: 1, total: items.length },
  facets: { kinds: ['article', 'white-paper'], locales: ['ar', 'de', 'en'] },
  running: null,
  lastRun: { id: 'job-1', status: 'done', finishedAt: NOW, error: null },
};

const ORDERED = NOW - 3 * DAY;
const AMOUNT = 124_990;
const journey = [
  { item: 1, at: ORDERED - 71 * DAY, kind: 'view' as const },
  { item: 0, at: ORDERED - 60 * DAY, kind: 'read' as const },
  { item: 5, at: ORDERED - 33 * DAY, kind: 'view' as const },
  { item: 0, at: ORDERED - 12 * DAY, kind: 'view' as const },
  { item: 2, at: ORDERED - 2 * DAY, kind: 'download' as const },
];
const identifiedAt = ORDERED - 58 * DAY;
const dealCreatedAt = ORDERED - 20 * DAY;
const credits = creditByOrderModels(
  {
    order: {
      orderId: 'O-9000',
      customerId: 'C-1',
      at: ORDERED,
      amount: AMOUNT,
      currency: 'EUR',
      dealCreatedAt,
    },
    amount: AMOUNT,
    refunds: [-10_000],
  },
  journey.map(({ item, at, kind }) => ({ content: item, at, kind })),
  identifiedAt,
  { lookBack: 90 * DAY, halfLifeDays: 7 },
);

/** An order of which a part was given back. */
export const ORDER_CREDITS: OrderAttribution = {
  orderId: 'O-9000',
  personId: 'person-0',
  at: ORDERED,
  amount: (AMOUNT - 10_000) / 100,
  refunded: 100,
  currency: 'EUR',
  lookbackDays: 90,
  halfLifeDays: 7,
  identifiedAt,
  dealCreatedAt,
  journey: journey.map(({ item, at, kind }) => ({ contentId: item, title: TITLES[item]!, kind, at })),
  models: ORDER_MODELS.map((model) => ({
    model,
    credits: credits[model].map(({ content, share, amount }) => ({
      contentId: content,
      title: TITLES[content]!,
      share,
      revenue: amount / 100,
    })),
  })),
};
