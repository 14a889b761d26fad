import type { Knex } from 'knex';
import type { ValueRun } from '../../../clv/api-types';
import type { PersonRange } from '../../../clv/queries/person-range';
import { insertRows } from '../../../storage/insert-rows';
import { noteForCrms } from '../../../storage/person-changes';
import { fittingRows } from '../queries/segment-query';
import type { StoredSegment } from '../store';
import { membersAmong } from './memberships';

const COLUMNS = [
  { name: 'segment_id', type: 'text' as const },
  { name: 'person_id', type: 'text' as const },
  { name: 'since', type: 'bigint' as const },
];

interface Member {
  segment_id: string;
  /** As it was stored; a person who was merged into another since is found by that one. */
  person_id: string;
  canonical_id: string;
}

/**
 * Makes persons members of the segments that they fit and of no other of these, and marks those whose CRM is told of it.
 * Whoever is a member stays it since the same time.
 *
 * @param personIds canonical ones
 * @param among the range that they fill, where they are too many to be named
 */
export async function followPersons(
  trx: Knex,
  segments: readonly StoredSegment[],
  personIds: readonly string[],
  run: Pick<ValueRun, 'id' | 'currency'>,
  now: number,
  among: PersonRange = { persons: personIds },
): Promise<void> {
  if (segments.length === 0 || personIds.length === 0) return;
  const before = await membersBefore(trx, segments, among);
  const asked = new Set(personIds);
  const changed = new Set<string>();
  const added: [string, string, number][] = [];
  for (const segment of segments) {
    const judging = { currency: run.currency, now, among };
    const fitting = new Set<string>(
      await fittingRows(trx, run.id, segment.rules, judging).pluck('v.person_id'),
    );
    const members = before.get(segment.id) ?? [];
    const gone = members.filter(({ canonical_id }) => !fitting.has(canonical_id));
    const known = new Set(members.map(({ canonical_id }) => canonical_id));
    // A range may hold values of somebody who was merged into another since.
    const fresh = [...fitting].filter((personId) => asked.has(personId) && !known.has(personId));
    for (const personId of fresh) added.push([segment.id, personId, now]);
    if (gone.length > 0) {
      await trx('clv_segment_members')
        .where({ segment_id: segment.id })
        .whereIn(
          'person_id',
          gone.map(({ person_id }) => person_id),
        )
        .delete();
    }
    if (!segment.toCrm) continue;
    for (const personId of fresh) changed.add(personId);
    for (const { canonical_id } of gone) changed.add(canonical_id);
  }
  // In one order, so that two transactions never wait for each other.
  added.sort(([a, one], [b, other]) => (a === b ? (one < other ? -1 : 1) : a < b ? -1 : 1));
  await insertRows(trx, 'clv_segment_members', COLUMNS, added);
  await noteForCrms(trx, [...changed]);
}

async function membersBefore(
  trx: Knex,
  segments: readonly StoredSegment[],
  among: PersonRange,
): Promise<Map<string, Member[]>> {
  const members = new Map<string, Member[]>(segments.map(({ id }) => [id, []]));
  const rows: Member[] = await membersAmong(trx, [...members.keys()], among).select(
    'm.segment_id',
    'm.person_id',
    'p.canonical_id',
  );
  for (const row of rows) members.get(row.segment_id)!.push(row);
  return members;
}
