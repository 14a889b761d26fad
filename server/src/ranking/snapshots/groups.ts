import type { Knex } from 'knex';
import type { Figures, GroupFigures, GroupPage, GroupSort } from '../api-types';
import { pooledGroups } from '../models/pooled-excess';
import type { GroupQuery } from '../query';
import { matching } from './items';
import { chooseSnapshot, latestSnapshots, type Snapshot } from './latest';
import { searchable } from './searchable';

interface Row {
  content_id: number;
  kind: string;
  locale: string;
  figures: string;
}

/** The values of each item in a dimension; of `kind` and `locale` every item has one. */
async function valuesOf(knex: Knex, snapshot: Snapshot, by: string, items: Row[]) {
  const own = by === 'kind' || by === 'locale' ? by : null;
  if (own) return new Map(items.map((item) => [item.content_id, [item[own]]]));
  const values = new Map<number, string[]>();
  const rows = await knex('clv_content_groups as g')
    .join('clv_snapshot_items as i', 'i.content_id', 'g.content_id')
    .where({ 'i.snapshot_id': snapshot.head.id, 'g.dimension': by })
    .select('g.content_id', 'g.value');
  for (const { content_id, value } of rows)
    values.set(content_id, [...(values.get(content_id) ?? []), value]);
  return values;
}

interface GroupedRanking {
  snapshot: Snapshot;
  groups: GroupFigures[];
  ungrouped: number;
}

/** All groups of a ranking that match, in the order asked for; null when there is no such ranking. */
export async function groupedRanking(knex: Knex, query: GroupQuery): Promise<GroupedRanking | null> {
  const snapshot = chooseSnapshot(await latestSnapshots(knex), query);
  if (!snapshot) return null;
  const { kind, locale, group } = query;
  const items: Row[] = await matching(knex, snapshot.head.id, { kind, locale, group }).select(
    'i.content_id',
    'i.kind',
    'i.locale',
    'i.figures',
  );
  const values = await valuesOf(knex, snapshot, query.by, items);
  const grouped = new Map<string, Figures[]>();
  let ungrouped = 0;
  for (const { content_id, figures } of items) {
    const ofItem = values.get(content_id) ?? [];
    if (ofItem.length === 0) ungrouped += 1;
    const parsed: Figures = JSON.parse(figures);
    for (const value of ofItem) {
      const members = grouped.get(value);
      if (members) members.push(parsed);
      else grouped.set(value, [parsed]);
    }
  }
  const wanted = searchable(query.search ?? '');
  const groups = pooledGroups(grouped, snapshot.head.fdr)
    .filter(({ value }) => searchable(value).includes(wanted))
    .sort(order(query.sort));
  return { snapshot, groups, ungrouped };
}

/** What the Groups view shows. `dimensions` are those that the configuration names. */
export async function groupPage(knex: Knex, query: GroupQuery, dimensions: string[]): Promise<GroupPage> {
  const { by, page, pageSize } = query;
  const found = await groupedRanking(knex, query);
  const total = found?.groups.length ?? 0;
  return {
    snapshot: found?.snapshot.head ?? null,
    by,
    dimensions,
    groups: found?.groups.slice((page - 1) * pageSize, page * pageSize) ?? [],
    ungrouped: found?.ungrouped ?? 0,
    pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total },
  };
}

/** A figure that is missing comes last, whatever the direction; equal ones go by name. */
function order({ by, direction }: { by: GroupSort; direction: 'asc' | 'desc' }) {
  const sign = direction === 'asc' ? 1 : -1;
  const byName = (a: GroupFigures, b: GroupFigures) => (a.value < b.value ? -1 : 1);
  return (a: GroupFigures, b: GroupFigures): number => {
    if (by === 'value') return sign * byName(a, b);
    const [x, y] = [a[by], b[by]];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
    return sign * (x - y) || byName(a, b);
  };
}
