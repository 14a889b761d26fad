import { converter, minorDigits, roundHalfEven } from '../convert';
import { historicalValue } from '../historical-value';
import { stageOf } from '../kpis/stages';
import { tierOf } from '../kpis/tiers';
import { serviceOf, sumsOf } from '../ledger';
import { Past } from '../models/content/past';
import { gammaGamma } from '../models/gamma-gamma';
import { localDaysIn } from '../models/local-days';
import { monthsIn } from '../months';
import type { PersonFacts } from '../people/facts';
import { sumOrders } from '../people/sum-orders';
import { channelOf, lastGapOf, segmentOf } from '../report/person';
import type { PersonValueRow } from '../runs/person-rows';
import { type Expectation, expectationsOf } from './buying';
import type { Contents } from './contents';
import type { Engine, Spending } from './engine';
import { type CustomerHistory, historiesOf } from './histories';
import { readingOf, recordOf } from './reading';
import { subscribed } from './subscribing';

const DAY = 86_400_000;

/** What a person is worth, before tiers are known. */
export type Valued = Omit<PersonValueRow, 'tier' | 'previousTier'>;

/** Values persons by an engine, as of one moment. */
export type Valuer = (facts: readonly PersonFacts[]) => Valued[];

/**
 * Makes the function that values persons: the same for a run, which values everyone, and between runs, for those of whom
 * something new is known.
 *
 * - historical: revenue − cost of goods − cost to serve − cost of acquisition.
 * - predicted, of a customer: discounted expected orders × expected spend × share left after the cost of goods × what
 *   reading goes with, less the cost to serve while a customer, plus what running subscriptions are expected to bring.
 * - predicted, of a prospect: probability to buy × value if so × share left after the cost of goods.
 *
 * @throws when amounts are in a currency without a rate, naming the setting to add
 */
export function valuer(engine: Engine, contents: Contents, now: number): Valuer {
  const convert = converter(engine);
  const monthsBetween = monthsIn(engine.timezone);
  const today = localDaysIn(engine.timezone)(now);
  const unit = 10 ** minorDigits(engine.currency);
  const expect = expectationsOf(engine, today);
  const reach = engine.content.customers?.reach;
  const expectWithin = reach ? expectationsOf(engine, today, reach / DAY) : null;
  const reading = readingOf(engine);

  /** Minor units that one order is expected to bring before costs; null when nothing tells. */
  const spendOf = (history: CustomerHistory): number | null => {
    const { spending } = engine;
    return spending && expectedSpend(spending, history) * unit;
  };

  function predictedOrders(facts: PersonFacts, history: CustomerHistory, expected: Expectation) {
    const spend = spendOf(history);
    if (spend === null || engine.marginShare === null) return null;
    const within = expectWithin ? expectWithin(history).orders * spend : null;
    const factor = engine.content.customers?.model.used
      ? reading.factor(Past.of(recordOf(facts, contents, convert), now), within)
      : 1;
    return expected.discounted * spend * engine.marginShare * factor;
  }

  return (people) => {
    const histories = historiesOf(people, engine, convert, now);
    return people.map((facts, place): Valued => {
      const { personId, orders, records, subscriptions, touches } = facts;
      const bought = orders.filter(({ amount }) => amount >= 0);
      const firstOrderAt = bought[0]?.at ?? null;
      const lastOrderAt = bought.at(-1)?.at ?? null;
      const costs = records.map((record) => ({
        ...record,
        service: serviceOf(record, firstOrderAt, now, monthsBetween),
      }));
      const historical = historicalValue(sumsOf(sumOrders(orders), costs), convert);
      const history = histories[place];
      const isCustomer = bought.length > 0 || subscriptions.length > 0;

      const expected = history && expect ? expect(history) : null;
      const running = subscribed(subscriptions, engine, convert, now);
      const prospect =
        isCustomer || touches.length === 0 || engine.marginShare === null
          ? null
          : reading.prospect(Past.of(recordOf(facts, contents, convert), now));
      const parts = [
        history && expected ? predictedOrders(facts, history, expected) : null,
        running?.revenue == null || engine.marginShare === null ? null : running.revenue * engine.marginShare,
        prospect && prospect.expected * engine.marginShare!,
      ].filter((part) => part !== null);
      const served = Math.max(expected?.months ?? 0, running?.months ?? 0);
      const service = served * records.reduce((sum, record) => sum + perMonth(record), 0);
      const sum = parts.reduce((total, part) => total + part, 0) - service;
      const predicted = parts.length > 0 && Number.isFinite(sum) ? roundHalfEven(sum) : null;

      const pAlive = running ? 1 : (expected?.pAlive ?? (isCustomer && !history ? 0 : null));
      return {
        personId,
        kind: isCustomer ? 'customer' : 'prospect',
        orders: bought.length,
        firstOrderAt,
        lastOrderAt,
        firstTouchAt: touches[0]?.at ?? null,
        lastTouchAt: touches.at(-1)?.at ?? null,
        channel: channelOf(facts) || null,
        segment: segmentOf(facts) || null,
        revenue: historical.revenue,
        historical: historical.clv,
        pAlive,
        buyProbability: prospect?.buys ?? null,
        expectedOrders: expected?.orders ?? null,
        predicted,
        total: historical.clv + (predicted ?? 0),
        stage: stageOf(
          {
            orders: Math.max(bought.length, isCustomer ? 1 : 0),
            firstOrderAt: firstOrderAt ?? subscriptions[0]?.startedAt ?? null,
            lastOrderAt: running ? now : (lastOrderAt ?? lastEnd(subscriptions)),
            lastGap: lastGapOf(bought.map(({ at }) => at)),
            pAlive,
            expectedGap: expected?.gap ?? null,
          },
          now,
          engine.inactivityDays * DAY,
        ),
        updatedAt: now,
      };
    });
  };

  function perMonth({ serviceCostPerMonth, currency }: { serviceCostPerMonth: number; currency: string }) {
    return convert(serviceCostPerMonth, currency);
  }
}

const lastEnd = (subscriptions: PersonFacts['subscriptions']): number | null =>
  subscriptions.length > 0
    ? Math.max(...subscriptions.map(({ endedAt, startedAt }) => endedAt ?? startedAt))
    : null;

function expectedSpend(spending: Spending, { spendDays, meanSpend }: CustomerHistory): number {
  if ('mean' in spending) return spending.mean;
  const { parameters } = spending.gammaGamma;
  return gammaGamma.expectedSpend(parameters, { frequency: spendDays, mean: meanSpend })! * spending.realised;
}

/** The tier of a customer by the limits of an engine; null of prospects, and where what tiers go by is not known. */
export function tierOfPerson(
  row: Pick<Valued, 'kind' | 'total' | 'historical' | 'predicted'>,
  { tiers }: Engine,
): string | null {
  const worth = row.kind === 'customer' ? row[tiers.of] : null;
  return worth === null ? null : tierOf(worth, tiers);
}
