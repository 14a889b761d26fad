import type { Knex } from 'knex';

export interface GroupValue {
  value: string;
  /** Content items in it, those gone from the site too. */
  items: number;
}

/** The values of a dimension, those with most items first: tens of thousands where tags are many. */
export async function groupValues(knex: Knex, dimension: string): Promise<GroupValue[]> {
  const rows = await knex('clv_content_groups')
    .where({ dimension })
    .groupBy('value')
    .select('value', knex.raw('COUNT(*) AS items'))
    .orderBy([{ column: 'items', order: 'desc' }, 'value']);
  return rows.map(({ value, items }) => ({ value, items: Number(items) }));
}

/** The first values of a dimension by name, along the index. */
export async function firstGroupValues(knex: Knex, dimension: string, limit: number): Promise<string[]> {
  return knex('clv_content_groups')
    .where({ dimension })
    .distinct('value')
    .orderBy('value')
    .limit(limit)
    .pluck('value');
}
