import type { Knex } from 'knex';
import { minorDigits } from '../../../clv/convert';
import { type PaidOrder, paidOrders } from '../../../clv/people/paid-orders';
import { type PersonTouch, touchesOf } from '../../../clv/people/touches';
import { customerIds } from '../../../clv/queries/customer-ids';
import type { PersonValueRow } from '../../../clv/runs/person-rows';
import { allowedBy, type PersonConsent } from '../../../crm/sync/push/describe/consent';
import { timingOf } from '../../models/timing';
import type { TriggerMessage } from '../api-types';
import type { Surroundings } from './announce';
import type { Crossed } from './evaluate';
import { grouped } from './grouped';

/**
 * Reads what messages say of those who crossed, and makes the function that composes one. Nothing is told of the reading of
 * whoever does not allow it.
 */
export async function composer(
  trx: Knex,
  crossed: readonly Crossed[],
  consents: ReadonlyMap<string, PersonConsent>,
  { config, engine, items, now }: Surroundings,
): Promise<(one: Crossed) => TriggerMessage> {
  const personIds = [...new Set(crossed.map(({ person }) => person.id))];
  const customers = grouped(
    await customerIds(trx)
      .whereIn('p.canonical_id', personIds)
      .orderBy('i.value')
      .select('p.canonical_id as personId', 'i.value as id'),
    ({ personId }: { personId: string; id: string }) => personId,
  );
  const orders = grouped(await paidOrders(trx, { persons: personIds }), (order) => order.personId);
  const readers = personIds.filter((id) => allowedBy(consents.get(id) ?? 'unknown', config).reading);
  const touches = grouped(await touchesOf(trx, { persons: readers }, now + 1), (touch) => touch.personId);
  const { timezone, currency } = engine;

  return ({ trigger: { id, name, kind }, person, look, crossing: { change, contentId } }) => {
    const bought = (orders.get(person.id) ?? []).filter(({ amount }: PaidOrder) => amount >= 0);
    const read = touches.get(person.id) ?? [];
    const item = contentId === undefined ? undefined : items.get(contentId);
    return {
      trigger: { id, name, kind },
      person: { id: person.id, customerIds: (customers.get(person.id) ?? []).map((customer) => customer.id) },
      change,
      value: figuresOf(look.row, currency),
      content: item ? { key: item.key, title: item.title } : null,
      timing: {
        reads: timingOf(
          read.map(({ at }: PersonTouch) => at),
          timezone,
        ),
        buys: timingOf(
          bought.map(({ at }) => at),
          timezone,
        ),
      },
    };
  };
}

/** Somebody's value in major units; of whom the run does not know, that they are a prospect. */
export function figuresOf(row: PersonValueRow | null, currency: string): TriggerMessage['value'] {
  const unit = 10 ** minorDigits(currency);
  return {
    tier: row?.tier ?? null,
    stage: row?.stage ?? 'prospect',
    predicted: row?.predicted == null ? null : row.predicted / unit,
    total: (row?.total ?? 0) / unit,
    currency,
    pAlive: row?.pAlive ?? null,
    buyProbability: row?.buyProbability ?? null,
  };
}
