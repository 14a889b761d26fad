import { type ContentTouch, type Cut, casesAt, type PersonRecord } from '../../server/src/clv/models/content';
import { forecast } from '../../server/src/clv/models/forecast';
import { localDaysIn } from '../../server/src/clv/models/local-days';
import { mbgNbd } from '../../server/src/clv/models/mbg-nbd';
import { orderDays } from '../../server/src/clv/models/order-days';
import type { World } from '../../server/src/ranking/models/simulate/world';

/** The people of a simulated world as predictions know them. */
export function recordsOf(world: World, people: number): PersonRecord[] {
  const items = world.items.map(({ contentId, contentType, topic }) => ({
    id: contentId,
    type: contentType,
    topics: topic ? [topic] : [],
  }));
  return Array.from({ length: people }, (_, number) => {
    const { touches, orders, channel } = world.customer(number);
    return {
      orders: orders.map(({ at, amount }) => ({ at, value: amount / 100 })),
      touches: touches.map(
        ({ content, ...touch }): ContentTouch => ({ ...touch, item: items[content]!, channel }),
      ),
    };
  });
}

/**
 * What an MBG/NBD and a Gamma-Gamma model fitted on the orders before the cut expect of each person up to the end: values,
 * or numbers of orders; null for who had not ordered.
 */
export function expectations(
  records: readonly PersonRecord[],
  { at: cut, end }: Cut,
  of: 'value' | 'orders' = 'value',
): (number | null)[] {
  const rows = records.flatMap(({ orders }, person) =>
    orders.filter(({ at }) => at < cut).map(({ at, value }) => ({ person, at, value })),
  );
  const dayOf = localDaysIn('UTC');
  const days = orderDays(
    {
      customer: Int32Array.from(rows, ({ person }) => person),
      at: Float64Array.from(rows, ({ at }) => at),
      value: Float64Array.from(rows, ({ value }) => Math.round(100 * value)),
      refund: Uint8Array.from(rows, ({ value }) => (value < 0 ? 1 : 0)),
    },
    { customers: records.length, timezone: 'UTC', end: dayOf(cut) - 1 },
  );
  const { seen, predictions } = forecast(days, {
    models: [mbgNbd],
    unit: 'day',
    end: dayOf(cut) - 1,
    horizon: dayOf(end) - dayOf(cut),
    yearlyRate: 0,
    minorUnits: 100,
  });
  const expected = new Array<number | null>(records.length).fill(null);
  seen.customer.forEach((person, i) => {
    expected[person] = predictions![of === 'value' ? 'clv' : 'expectedPurchases'][i]!;
  });
  return expected;
}

/** Customers and prospects of a world at a cut. */
export function casesOfWorld(world: World, people: number, cut: Cut) {
  const records = recordsOf(world, people);
  const expected = expectations(records, cut);
  return casesAt(records, cut, (person) => expected[person]!);
}
