import type { Knex } from 'knex';
import { customerIdsOf } from '../../../clv/customers/find';
import { latestRunId } from '../../../clv/runs/latest';
import { allowedBy, type ConsentRules, consentsOf } from '../../../crm/sync/push/describe/consent';
import type { OutgoingMembers } from '../api-types';
import { tellsReading } from '../rules/reading';
import type { StoredSegment } from '../store';
import { nextMembers } from './walk';

/**
 * Members as mail tools get them: those who are customers of a shop or CRM, and whose consent lets us tell. Where the rules are
 * about reading, that needs consent to reading too.
 */
export async function outgoingMembers(
  knex: Knex,
  segment: StoredSegment,
  rules: ConsentRules,
  { after, limit }: { after: string; limit: number },
): Promise<OutgoingMembers> {
  const { members, next } = await nextMembers(knex, segment.id, after, limit);
  const persons = members.map(({ personId }) => personId);
  const consents = await consentsOf(knex, persons, Date.now());
  const customers = await customerIdsOf(knex, persons);
  const tiers = await tiersOf(knex, persons);
  const reading = tellsReading(segment.rules);
  const data = members.flatMap(({ personId, since }) => {
    const allowed = allowedBy(consents.get(personId) ?? 'unknown', rules);
    const customerIds = customers.get(personId) ?? [];
    if (customerIds.length === 0 || !(reading ? allowed.reading : allowed.value)) return [];
    return [{ customerIds, tier: tiers.get(personId) ?? null, since: new Date(since).toISOString() }];
  });
  return { data, meta: { next } };
}

async function tiersOf(knex: Knex, persons: string[]): Promise<Map<string, string | null>> {
  const runId = await latestRunId(knex);
  if (!runId) return new Map();
  const rows = await knex('clv_person_values')
    .where({ run_id: runId })
    .whereIn('person_id', persons)
    .select('person_id', 'tier');
  return new Map(rows.map((row: { person_id: string; tier: string | null }) => [row.person_id, row.tier]));
}
