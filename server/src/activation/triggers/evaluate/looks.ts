import type { Knex } from 'knex';
import { type PaidOrder, paidOrders } from '../../../clv/people/paid-orders';
import { type PersonTouch, touchesOf } from '../../../clv/people/touches';
import { toPersonRow } from '../../../clv/runs/person-rows';
import type { Look } from '../kinds/standing';
import type { StoredTrigger } from '../store/triggers';
import type { Ruler } from './engines';
import { type OwnSubscription, openSubscriptions } from './subscriptions';

/** All that these triggers look at of persons, some questions for all of them together. */
export async function looksAt(
  trx: Knex,
  triggers: readonly StoredTrigger[],
  personIds: string[],
  { engine }: Ruler,
  now: number,
): Promise<Map<string, Look>> {
  const rows = await trx('clv_person_values').where({ run_id: engine.runId }).whereIn('person_id', personIds);
  const looks = new Map<string, Look>(
    personIds.map((personId) => [
      personId,
      { personId, row: null, orders: [], subscriptions: [], touches: [] },
    ]),
  );
  for (const row of rows.map(toPersonRow)) looks.get(row.personId)!.row = row;

  const kinds = new Set(triggers.map(({ kind }) => kind));
  if (kinds.has('next-order-due')) {
    // As of now: one that is dated later has not come yet.
    const orders = await paidOrders(trx, { persons: personIds });
    deal<PaidOrder>(
      looks,
      'orders',
      orders.filter(({ at }) => at <= now),
    );
  }
  if (kinds.has('renewal-near')) {
    deal<OwnSubscription>(looks, 'subscriptions', await openSubscriptions(trx, personIds, now));
  }
  const readers = triggers.filter(({ kind, baselineAt }) => kind === 'content-read' && baselineAt !== null);
  if (readers.length > 0) {
    const since = Math.min(...readers.map(({ baselineAt }) => baselineAt!));
    const tiers = new Set(
      readers.flatMap(({ settings: { readerTiers } }) =>
        readerTiers?.length ? readerTiers : engine.tiers.names.slice(0, 1),
      ),
    );
    const inside = personIds.filter((id) => tiers.has(looks.get(id)!.row?.tier ?? ''));
    const touches = await touchesOf(trx, { persons: inside }, now + 1, since);
    deal<PersonTouch>(
      looks,
      'touches',
      touches.sort((a, b) => a.at - b.at),
    );
  }
  return looks;
}

function deal<Fact extends { personId: string }>(
  looks: Map<string, Look>,
  name: 'orders' | 'subscriptions' | 'touches',
  facts: Fact[],
): void {
  for (const fact of facts) (looks.get(fact.personId)![name] as unknown as Fact[]).push(fact);
}
