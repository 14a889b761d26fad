import type { Accuracy, ContentComparison, Figure, NotEnough } from '../api-types';
import { converter } from '../convert';
import { MODELS } from '../engine/buying';
import type { Contents } from '../engine/contents';
import type { Buying, Engine, OfContent } from '../engine/engine';
import { recordOf } from '../engine/reading';
import { mapFigure } from '../kpis/figure';
import { needsGaps } from '../models/choose';
import { type CustomerCase, type CustomerModel, fitCustomers } from '../models/content/customers';
import { outcomeBetween, Past } from '../models/content/past';
import { fitProspects, type ProspectModel } from '../models/content/prospects';
import type { ContentReport } from '../models/content/report';
import { fitSpend } from '../models/customer-value';
import { automaticSplit } from '../models/forecast';
import { dayName, localDaysIn } from '../models/local-days';
import type { OrderDays } from '../models/order-days';
import { askEach, mergedHistories } from '../models/predict';
import { rfm } from '../models/rfm';
import { DAYS_PER } from '../models/units';
import { startOfDayIn } from '../start-of-day';
import type { World } from './read-world';

export interface FittedContent {
  customers: { model: OfContent<CustomerModel> | null; report: ContentComparison | { notEnough: NotEnough } };
  prospects: { model: OfContent<ProspectModel> | null; report: ContentComparison | { notEnough: NotEnough } };
}

export interface ContentSettings {
  engine: Pick<Engine, 'currency' | 'rates' | 'timezone' | 'unit' | 'horizonDays'>;
  buying: Buying | null;
  /** `auto`: used where the holdout shows that it helps. */
  content: 'auto' | boolean;
  now: number;
  minorUnits: number;
}

/**
 * Measures and fits what reading goes with. Reading is often watched for a shorter time than orders are kept, so its cut
 * is its own: the time from the day by which a twentieth of the touches had been seen, divided as orders are. Features come
 * from before the cut alone; the expectation without content too is fitted to what came before it.
 */
export function fitContent(
  { readers }: World,
  days: OrderDays,
  contents: Contents,
  { engine, buying, content, now, minorUnits }: ContentSettings,
): FittedContent {
  const nobody: NotEnough = { has: 0, needs: 1, of: 'people' };
  const times = Float64Array.from(readers.flatMap(({ facts }) => facts.touches.map(({ at }) => at))).sort();
  const begin = times[Math.floor(times.length / 20)];
  if (begin === undefined) {
    const report = { notEnough: nobody };
    return { customers: { model: null, report }, prospects: { model: null, report } };
  }
  const dayOf = localDaysIn(engine.timezone);
  const today = dayOf(now);
  const lastDay = automaticSplit(dayOf(begin), today, engine.horizonDays);
  const cut = startOfDayIn(engine.timezone)(dayName(lastDay + 1));
  const reach = Math.max(1, now - cut);
  const expected = expectedAt(lastDay, today, days, engine, buying, minorUnits);
  const convert = converter(engine);
  const cases: CustomerCase[] = readers.map(({ number, facts }) => {
    const record = recordOf(facts, contents, convert);
    return {
      past: Past.of(record, cut),
      expected: expected.get(number) ?? null,
      outcome: outcomeBetween(record, cut, now).value,
    };
  });
  const customers = fitCustomers(cases);
  const prospects = fitProspects(cases);
  const use = (helps: boolean) => (content === 'auto' ? helps : content);
  return {
    customers:
      'notEnough' in customers
        ? { model: null, report: customers }
        : {
            model: { model: { ...customers.model, used: use(customers.model.used) }, reach },
            report: comparisonOf(customers.report, use(customers.report.used), minorUnits),
          },
    prospects:
      'notEnough' in prospects
        ? { model: null, report: prospects }
        : {
            model: { model: usingContent(prospects.model, use(prospects.report.used)), reach },
            report: comparisonOf(prospects.report, use(prospects.report.used), minorUnits),
          },
  };
}

const usingContent = (model: ProspectModel, used: boolean): ProspectModel => ({
  ...model,
  buys: { ...model.buys, used },
  value: { ...model.value, used },
});

/** The comparison alone, without what no screen shows, in major units. */
function comparisonOf(report: ContentReport, used: boolean, minorUnits: number): ContentComparison {
  const { n, rmseChange, maeChange, giniChange, deviance, devianceChange, signals } = report;
  const major = (figure: Figure) => mapFigure(figure, (value) => value / minorUnits);
  const accuracy = ({ predicted, mae, rmse, ...rest }: Accuracy): Accuracy => ({
    ...rest,
    predicted: predicted / minorUnits,
    mae: mae / minorUnits,
    rmse: rmse / minorUnits,
  });
  return {
    n,
    with: accuracy(report.with),
    without: accuracy(report.without),
    rmseChange: major(rmseChange),
    maeChange: major(maeChange),
    giniChange,
    relativeDevianceChange: mapFigure(devianceChange, (value) => value / deviance.without),
    used,
    signals,
  };
}

/** What each customer was expected to bring from the cut until now, in minor units, by what came before the cut. */
function expectedAt(
  lastDay: number,
  today: number,
  days: OrderDays,
  { unit }: ContentSettings['engine'],
  buying: Buying | null,
  minorUnits: number,
): Map<number, number> {
  if (!buying || !('model' in buying) || lastDay >= today) return new Map();
  const seen = rfm(days, { unit, until: lastDay, minorUnits });
  if (seen.customer.length === 0) return new Map();
  const model = MODELS[buying.model];
  const merged = mergedHistories(seen, needsGaps(buying.model));
  const { parameters, converged } = model.fit(merged.unique);
  if (!converged) return new Map();
  const horizon = (today - lastDay) / DAYS_PER[unit];
  const orders = askEach(merged, (history) => model.expectedPurchases(parameters, history, horizon));
  const spend = fitSpend(seen).expected;
  return new Map(Array.from(seen.customer, (number, i) => [number, orders[i]! * spend[i]! * minorUnits]));
}
