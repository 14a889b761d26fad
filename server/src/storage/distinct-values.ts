import type { Knex } from 'knex';

/** The different values of a column of text, in its order; what has none is left out. */
export function distinctValues(
  knex: Knex,
  table: string,
  column: string,
  { most, only = {} }: { most: number; only?: object },
): Promise<string[]> {
  return knex(table)
    .where(only)
    .whereNotNull(column)
    .distinct(column)
    .orderBy(column)
    .limit(most)
    .pluck(column);
}
