import type { Knex } from 'knex';
import { timingOf } from '../../activation/models/timing';
import type { CustomerDetail, ValueFigures, ValueRun } from '../api-types';
import { converter, minorDigits } from '../convert';
import type { Contents } from '../engine/contents';
import type { Engine } from '../engine/engine';
import { personSignals } from '../engine/person-signals';
import { valuer } from '../engine/value-people';
import { monthsIn } from '../months';
import { type PersonFacts, readFacts } from '../people/facts';
import { contentTitles } from '../queries/content-titles';
import { moneyOf } from '../report/person';
import { findCustomer } from './find';
import { predictionsOf } from './predictions';
import { timelineOf } from './timeline';

/** What the page of one customer shows; the only page that reads one person's own orders and touches. */
export async function customerDetail(
  knex: Knex,
  run: ValueRun,
  { engine, contents }: { engine: Engine; contents: Contents },
  personId: string,
): Promise<CustomerDetail | null> {
  const customer = await findCustomer(knex, run, personId);
  if (!customer) return null;
  // The moment of the row, so that the page agrees with the list and adds up.
  const now = customer.updatedAt;
  const [facts = nobody(personId)] = await readFacts(knex, { person: personId }, now);
  const [person] = valuer(engine, contents, now)([facts]);
  return {
    run,
    customer,
    value: figuresOf(facts, engine, now),
    predictions: predictionsOf(engine, facts, person!, now),
    signals: personSignals(engine, facts, contents, await contentTitles(knex), now),
    ...(await timelineOf(knex, personId)),
    timing: timingOfPerson(facts, engine),
  };
}

function timingOfPerson({ orders, touches }: PersonFacts, { timezone }: Engine): CustomerDetail['timing'] {
  const bought = orders.filter(({ amount }) => amount >= 0);
  return {
    reads: timingOf(
      touches.map(({ at }) => at),
      timezone,
    ),
    buys: timingOf(
      bought.map(({ at }) => at),
      timezone,
    ),
  };
}

const nobody = (personId: string): PersonFacts => ({
  personId,
  orders: [],
  records: [],
  subscriptions: [],
  touches: [],
});

function figuresOf(facts: PersonFacts, engine: Engine, now: number): ValueFigures {
  const unit = 10 ** minorDigits(engine.currency);
  const first = facts.orders.find(({ amount }) => amount >= 0)?.at ?? null;
  const { money } = moneyOf(facts, first, now, monthsIn(engine.timezone), converter(engine));
  const { revenue, cost, service, acquisition } = money;
  return {
    revenue: revenue / unit,
    cost: cost / unit,
    service: service / unit,
    acquisition: acquisition / unit,
    margin: (revenue - cost) / unit,
    clv: (revenue - cost - service - acquisition) / unit,
  };
}
