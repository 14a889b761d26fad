import type { Knex } from 'knex';
import type { ClvConfig } from '../../../config';
import { allowedBy, consentsOf } from '../../../crm/sync/push/describe/consent';
import type { Leased } from '../store/deliveries';

/** Of these deliveries, those that may go out by what their persons say of consent now. */
export async function allowedNow(
  knex: Knex,
  leased: readonly Leased[],
  config: ClvConfig,
  now: number,
): Promise<Set<Leased>> {
  const ids = leased.flatMap(({ message }) => (message ? [message.personId] : []));
  const rows = await knex('clv_persons').whereIn('id', ids).select('id', 'canonical_id');
  const canonical = new Map<string, string>(rows.map((row) => [row.id, row.canonical_id]));
  const consents = await consentsOf(knex, [...new Set(canonical.values())], now);
  return new Set(
    leased.filter(({ message }) => {
      const personId = message && canonical.get(message.personId);
      if (!personId) return false;
      const { value, reading } = allowedBy(consents.get(personId) ?? 'unknown', config);
      return message.payload.trigger.kind === 'content-read' ? reading : value;
    }),
  );
}
