import type { Knex } from 'knex';
import type { SegmentRules } from '../../../../activation/segments/api-types';
import { tellsReading } from '../../../../activation/segments/rules/reading';
import type { Allowed } from './consent';

/** A segment that CRMs are told of. */
export interface ToldSegment {
  id: string;
  name: string;
  /** Whether being in it tells what somebody read. */
  reading: boolean;
}

/** What the text fields of every CRM hold. */
const LONGEST = 255;
const BETWEEN = '; ';

/** The segments that CRMs are told of. */
export async function toldSegments(knex: Knex): Promise<ToldSegment[]> {
  const rows: { id: string; name: string; rules: string }[] = await knex('clv_segments')
    .where({ to_crm: true })
    .orderBy('id')
    .select('id', 'name', 'rules');
  return rows.map(({ id, name, rules }) => ({
    id,
    name,
    reading: tellsReading(JSON.parse(rules) as SegmentRules),
  }));
}

/** The names of the segments that persons are in, as text; those about reading only of whoever lets us tell that. */
export async function segmentNames(
  knex: Knex,
  allowed: ReadonlyMap<string, Allowed>,
): Promise<Map<string, string>> {
  const told = await toldSegments(knex);
  if (told.length === 0) return new Map();
  const rows: { canonical_id: string; segment_id: string }[] = await knex('clv_persons as p')
    .join('clv_segment_members as m', 'm.person_id', 'p.id')
    .whereIn('p.canonical_id', [...allowed.keys()])
    .select('p.canonical_id', 'm.segment_id');
  const segments = new Map(told.map((segment) => [segment.id, segment]));
  const names = new Map<string, Set<string>>();
  for (const { canonical_id, segment_id } of rows) {
    const segment = segments.get(segment_id);
    if (!segment || (segment.reading && !allowed.get(canonical_id)?.reading)) continue;
    names.set(canonical_id, (names.get(canonical_id) ?? new Set()).add(segment.name));
  }
  return new Map([...names].map(([personId, theirs]) => [personId, joined([...theirs].sort())]));
}

/** Whole names, as many as there is room for. */
function joined(names: string[]): string {
  let text = '';
  for (const name of names) {
    const longer = text === '' ? name : `${text}${BETWEEN}${name}`;
    if (longer.length > LONGEST) break;
    text = longer;
  }
  return text;
}
