import type { Knex } from 'knex';
import { insertRows } from '../../storage/insert-rows';

/** What an item belongs to: `author`, `Jane Doe`. */
export interface ContentGroup {
  dimension: string;
  value: string;
}

/** Items looked at by one statement. */
const CHUNK = 500;

const COLUMNS = [
  { name: 'content_id', type: 'integer' as const },
  { name: 'dimension', type: 'text' as const },
  { name: 'value', type: 'text' as const },
];

/** Brings the groups of some items in step; what is new is written before what is gone is deleted. */
export async function writeGroups(
  knex: Knex,
  items: { contentId: number; groups: ContentGroup[] }[],
): Promise<void> {
  for (let from = 0; from < items.length; from += CHUNK) {
    const chunk = items.slice(from, from + CHUNK);
    const ids = chunk.map(({ contentId }) => contentId);
    const stored: (ContentGroup & { content_id: number })[] = await knex('clv_content_groups')
      .whereIn('content_id', ids)
      .select('content_id', 'dimension', 'value');
    const key = (id: number, { dimension, value }: ContentGroup) => JSON.stringify([id, dimension, value]);
    const known = new Set(stored.map((row) => key(Number(row.content_id), row)));
    const wanted = new Set(
      chunk.flatMap(({ contentId, groups }) => groups.map((group) => key(contentId, group))),
    );

    const added = chunk.flatMap(({ contentId, groups }) =>
      groups
        .filter((group) => !known.has(key(contentId, group)))
        .map(({ dimension, value }) => [contentId, dimension, value]),
    );
    await insertRows(knex, 'clv_content_groups', COLUMNS, added);
    await remove(
      knex,
      stored.filter((row) => !wanted.has(key(Number(row.content_id), row))),
    );
  }
}

/** All items that leave a group by one statement: when an author gets another name, that is many. */
async function remove(knex: Knex, rows: (ContentGroup & { content_id: number })[]): Promise<void> {
  const byGroup = new Map<string, typeof rows>();
  for (const row of rows) {
    const key = JSON.stringify([row.dimension, row.value]);
    byGroup.set(key, [...(byGroup.get(key) ?? []), row]);
  }
  for (const members of byGroup.values()) {
    const { dimension, value } = members[0]!;
    const ids = members.map((row) => row.content_id);
    await knex('clv_content_groups').where({ dimension, value }).whereIn('content_id', ids).delete();
  }
}
