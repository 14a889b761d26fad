import type { Knex } from 'knex';
import { converter } from './convert';
import type { MarketingCost } from './kpis/marketing';
import { monthGrid } from './kpis/month-grid';
import { readFacts } from './people/facts';
import { contentTitles } from './queries/content-titles';
import { earliestEvent } from './queries/earliest-event';
import { marketingCosts } from './queries/marketing-costs';
import { personRanges } from './queries/person-range';
import { previousTiers } from './queries/previous-tiers';
import { satisfactionAnswers } from './queries/satisfaction-answers';
import { buildReport, type KpiReport } from './report/build';
import { KpiCollector } from './report/collector';
import type { KpiOptions, Prediction } from './report/options';

/** Persons whose facts are read by one go. */
const PERSONS_AT_ONCE = 2_500;

/**
 * Begins a report: reads what is not about single persons. Give it every person with `add`, then end it with
 * `buildReport`; so whoever reads everyone's facts anyway need not read them twice.
 *
 * @throws when costs are in a currency without a rate, naming the setting to add
 */
export async function beginReport(knex: Knex, options: KpiOptions): Promise<KpiCollector> {
  const { now, timezone } = options;
  const grid = monthGrid((await earliestEvent(knex)) ?? now, now, timezone);
  const convert = converter(options);
  const costs = (await marketingCosts(knex)).flatMap((row): MarketingCost[] => {
    const month = grid.names.indexOf(row.month);
    if (month < 0) return [];
    const { channel, productLine, segment, amount, currency } = row;
    return [
      {
        month,
        channel,
        productLine: productLine ?? '',
        segment: segment ?? '',
        amount: convert(amount, currency),
      },
    ];
  });
  return new KpiCollector(options, grid, costs, await satisfactionAnswers(knex));
}

/**
 * All key figures of the shop, chunk by chunk of persons; call it in a worker thread.
 *
 * @param predictionOf what a run expects of a person, where it has said so already
 * @throws when orders, costs or subscriptions are in a currency without a rate, naming the setting to add
 */
export async function kpiReport(
  knex: Knex,
  options: KpiOptions,
  predictionOf: (personId: string) => Prediction | null = () => null,
): Promise<KpiReport> {
  const previous = options.previous === undefined ? await previousTiers(knex) : options.previous;
  const collector = await beginReport(knex, { ...options, previous });
  for await (const range of personRanges(knex, PERSONS_AT_ONCE)) {
    for (const facts of await readFacts(knex, range, options.now)) {
      collector.add(facts, predictionOf(facts.personId));
    }
  }
  return buildReport(collector, await contentTitles(knex));
}
