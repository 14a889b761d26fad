import type { Knex } from 'knex';
import { converter, type Rates } from '../convert';
import { GapDays } from '../kpis/retention';
import type { OrderColumns } from '../models/order-days';
import { type PersonFacts, readFacts } from '../people/facts';
import type { Subscription } from '../people/subscriptions';
import { personRanges } from '../queries/person-range';

/** Persons whose facts are read by one go. */
export const PERSONS_AT_ONCE = 2_500;
/** Persons whose reading is looked at to learn what it goes with; more would not be told apart any better. */
const MOST_READERS = 40_000;

/** What the models are fitted to. Amounts in minor units of the report's currency. */
export interface World {
  /** Everyone who left a trace; the customers' numbers in `orders` are below. */
  persons: number;
  orders: OrderColumns;
  /** Sums over all paid orders. */
  revenue: number;
  cost: number;
  gaps: GapDays;
  subscriptions: Subscription[];
  /** Everyone, or of very many every n-th, with the number in `orders`. */
  readers: { number: number; facts: PersonFacts }[];
}

/**
 * Reads everyone chunk by chunk, so that no statement runs long and only columns stay in memory.
 *
 * @throws when orders are in a currency without a rate, naming the setting to add
 */
export async function readWorld(
  knex: Knex,
  settings: Rates & { now: number },
  report: (fraction: number) => void,
): Promise<World> {
  const convert = converter(settings);
  const known = Number((await knex('clv_persons').count({ n: '*' }).first())?.n ?? 0);
  const every = Math.max(1, Math.ceil(known / MOST_READERS));
  const chunks: OrderColumns[] = [];
  const world = {
    persons: 0,
    revenue: 0,
    cost: 0,
    gaps: new GapDays(),
    subscriptions: [] as Subscription[],
    readers: [] as World['readers'],
  };
  for await (const range of personRanges(knex, PERSONS_AT_ONCE)) {
    const people = await readFacts(knex, range, settings.now);
    const rows: { customer: number; at: number; value: number; refund: number }[] = [];
    for (const facts of people) {
      const customer = world.persons++;
      if (customer % every === 0) world.readers.push({ number: customer, facts });
      world.subscriptions.push(...facts.subscriptions);
      let before: number | null = null;
      for (const { at, amount, cost, currency } of facts.orders) {
        const value = convert(amount, currency);
        world.revenue += value;
        world.cost += convert(cost, currency);
        rows.push({ customer, at, value, refund: amount < 0 ? 1 : 0 });
        if (amount < 0) continue;
        if (before !== null) world.gaps.add(at - before);
        before = at;
      }
    }
    chunks.push({
      customer: Int32Array.from(rows, ({ customer }) => customer),
      at: Float64Array.from(rows, ({ at }) => at),
      value: Float64Array.from(rows, ({ value }) => value),
      refund: Uint8Array.from(rows, ({ refund }) => refund),
    });
    report(Math.min(1, world.persons / Math.max(1, known)));
  }
  return { ...world, orders: joined(chunks) };
}

/** One set of columns out of many. */
function joined(chunks: OrderColumns[]): OrderColumns {
  const size = chunks.reduce((sum, { at }) => sum + at.length, 0);
  const all: OrderColumns = {
    customer: new Int32Array(size),
    at: new Float64Array(size),
    value: new Float64Array(size),
    refund: new Uint8Array(size),
  };
  let from = 0;
  for (const chunk of chunks) {
    all.customer.set(chunk.customer, from);
    all.at.set(chunk.at, from);
    all.value.set(chunk.value, from);
    all.refund.set(chunk.refund, from);
    from += chunk.at.length;
  }
  return all;
}
