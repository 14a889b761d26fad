import { minorDigits } from '../../clv/convert';
import { ORDER_MODELS } from '../models/attribution';
import type { Content } from '../queries/contents';
import type { RunData, Section } from '../run-data';
import type {
  AttributionModel,
  AttributionReport,
  Credit,
  Disagreement,
  ItemAttribution,
  ItemCreditOf,
} from './api-types';
import type { DataModel } from './data-models';
import type { Sums } from './order-models';
import type { Journeys } from './read-journeys';
import { type AttributionSettings, DAY } from './settings';

/** Models in the order in which screens and files have them. */
export const MODELS: AttributionModel[] = [...ORDER_MODELS, 'markov', 'shapley'];

/** What the section keeps of an item. */
export interface KeptItem {
  contentId: number;
  kind: string;
  locale: string;
  title: string;
  orders: number;
  credits: ItemAttribution['credits'];
}

/** The section `attribution` of a run; what the page knows of the run itself is added when it is read. */
export interface AttributionBody {
  report: Omit<AttributionReport, 'jobId' | 'createdAt' | 'simulated'>;
  items: KeptItem[];
}

interface Found {
  journeys: Journeys;
  markov: DataModel<AttributionReport['markov']>;
  shapley: DataModel<AttributionReport['shapley']>;
}

/** Puts together what screens read. Amounts become major units here, each a whole number of minor ones. */
export function sectionOf(data: RunData, attribution: AttributionSettings, found: Found): Section {
  const { settings, contents } = data;
  const { sums, period, nulls, nullsPerRead, ordersOfItem } = found.journeys;
  const unit = 10 ** minorDigits(settings.currency);
  const told = (model: AttributionModel) => modelOf(found, model);
  const credit = (revenue: number, conversions: number): Credit => ({ revenue: revenue / unit, conversions });

  const creditOf = (model: AttributionModel, item: number): ItemCreditOf | null => {
    const { amount, conversions, others, told: known, standardError } = told(model);
    // What is in "others" has no credit of its own; what is on no path has none at all.
    if (others && known && !known[item] && ordersOfItem[item]! > 0) return null;
    return {
      ...credit(amount[item]!, conversions[item]!),
      share: sums.revenueWithContent > 0 ? amount[item]! / sums.revenueWithContent : null,
      standardError: standardError ? standardError.amount[item]! / unit : null,
    };
  };
  const credited = contents.flatMap((content, item) =>
    ordersOfItem[item]! > 0 || MODELS.some((model) => told(model).amount[item] !== 0)
      ? [{ item, kept: keptItem(content, ordersOfItem[item]!, (model) => creditOf(model, item)) }]
      : [],
  );
  const kept = credited.map((one) => one.kept);
  const models = MODELS.map((model) => {
    const { amount, others } = told(model);
    const own = amount.reduce((sum, one) => sum + one, 0);
    return {
      model,
      credited: (own + (others?.amount ?? 0)) / unit,
      others: others ? credit(others.amount, others.conversions) : null,
      largest: kept.reduce((most, { credits }) => Math.max(most, credits[model]?.revenue ?? 0), 0),
    };
  });
  const report: AttributionBody['report'] = {
    currency: settings.currency,
    timezone: settings.timezone,
    ...period,
    windowDays: attribution.window / DAY,
    lookbackDays: attribution.lookBack / DAY,
    halfLifeDays: attribution.halfLifeDays,
    totals: {
      orders: sums.orders,
      revenue: sums.revenue / unit,
      ordersWithContent: sums.ordersWithContent,
      revenueWithContent: sums.revenueWithContent / unit,
      revenueWithout: (sums.revenue - sums.revenueWithContent) / unit,
      journeysWithoutOrder: nulls,
      everyReader: nullsPerRead,
      identifiedOnTheWay: sums.identifiedBefore,
      dealOnTheWay: sums.dealBefore,
    },
    items: kept.length,
    models,
    markov: found.markov.note,
    shapley: found.shapley.note,
    disagreements: disagreements(kept),
  };
  const { currency, from, before, lookbackDays } = report;
  return {
    name: 'attribution',
    body: { report, items: kept } satisfies AttributionBody,
    items: credited.map(({ item, kept: { orders, credits } }) => ({
      item,
      body: { currency, from, before, lookbackDays, orders, credits } satisfies ItemAttribution,
    })),
  };
}

/** What a model credits, whichever kind it is. */
function modelOf(
  { journeys, markov, shapley }: Found,
  model: AttributionModel,
): Sums &
  Partial<Pick<DataModel<unknown>, 'told' | 'standardError'>> & { others?: DataModel<unknown>['others'] } {
  if (model !== 'markov' && model !== 'shapley') return journeys.sums.byModel[model];
  const found = model === 'markov' ? markov : shapley;
  const { others, ...own } = found;
  return found.note.others > 0 ? { ...own, others } : own;
}

function keptItem(
  { id, kind, locale, title }: Content,
  orders: number,
  creditOf: (model: AttributionModel) => ItemCreditOf | null,
): KeptItem {
  const credits = Object.fromEntries(
    MODELS.map((model) => [model, creditOf(model)]),
  ) as ItemAttribution['credits'];
  return { contentId: id, kind, locale, title, orders, credits };
}

const MOST_DISAGREEMENTS = 5;

/** The items whose shares of the revenue differ most from model to model. */
function disagreements(items: KeptItem[]): Disagreement[] {
  return items
    .flatMap(({ contentId, kind, locale, title, credits }): Disagreement[] => {
      const shares = MODELS.flatMap((model) => {
        const share = credits[model]?.share ?? null;
        return share === null ? [] : [{ model, share }];
      }).sort((a, b) => b.share - a.share);
      if (shares.length < 2) return [];
      return [{ item: { contentId, kind, locale, title }, most: shares[0]!, least: shares.at(-1)! }];
    })
    .sort((a, b) => b.most.share - b.least.share - (a.most.share - a.least.share))
    .slice(0, MOST_DISAGREEMENTS);
}
