import type { Knex } from 'knex';
import { dialectOf } from './db';

export type Column = { name: string; type: 'text' | 'integer' | 'bigint' | 'double' };
export type Value = string | number | null;

/** What happens to a row whose key (one column or several) is there already. */
export type OnConflict = { key: string | string[]; update: string[] } | 'ignore';

const MYSQL_TYPES = { text: 'LONGTEXT', integer: 'INT', bigint: 'BIGINT', double: 'DOUBLE' } as const;

const quote = (mark: string) => (name: string) => `${mark}${name}${mark}`;

/**
 * Inserts any number of rows with one statement and one bound value, the rows as JSON; so the statement's text stays
 * the same and no limit on bound values or compound selects is met. Rows are arrays in the order of `columns`.
 * `where` is an SQL condition on the alias `j` of the incoming rows, with its bindings.
 *
 * @returns how many rows were written (on MySQL an updated row counts as two)
 */
export async function insertRows(
  knex: Knex,
  table: string,
  columns: Column[],
  rows: Value[][],
  onConflict: OnConflict = 'ignore',
  where?: { sql: string; bindings: Value[] },
): Promise<number> {
  if (rows.length === 0) return 0;
  const dialect = dialectOf(knex);
  const q = quote(dialect === 'mysql' ? '`' : '"');
  const names = columns.map((column) => q(column.name)).join(', ');
  const condition = where ? where.sql : '1 = 1';
  const bindings = [JSON.stringify(rows), ...(where?.bindings ?? [])];

  if (dialect === 'mysql') {
    const fields = columns.map((c, i) => `${q(c.name)} ${MYSQL_TYPES[c.type]} PATH '$[${i}]'`).join(', ');
    const verb = onConflict === 'ignore' ? 'INSERT IGNORE' : 'INSERT';
    const tail =
      onConflict === 'ignore'
        ? ''
        : ` ON DUPLICATE KEY UPDATE ${onConflict.update.map((name) => `${q(name)} = VALUES(${q(name)})`).join(', ')}`;
    const [result] = await knex.raw(
      `${verb} INTO ${q(table)} (${names}) SELECT ${names} FROM JSON_TABLE(?, '$[*]' COLUMNS (${fields})) AS j WHERE ${condition}${tail}`,
      bindings,
    );
    return result.affectedRows;
  }

  const source =
    dialect === 'sqlite'
      ? `(SELECT ${columns.map((c, i) => `value ->> ${i} AS ${q(c.name)}`).join(', ')} FROM json_each(?)) AS j`
      : `(SELECT ${columns.map((c, i) => `(e ->> ${i})::${c.type === 'double' ? 'double precision' : c.type} AS ${q(c.name)}`).join(', ')} FROM jsonb_array_elements(?::jsonb) AS e) AS j`;
  const tail =
    onConflict === 'ignore'
      ? 'ON CONFLICT DO NOTHING'
      : `ON CONFLICT (${[onConflict.key].flat().map(q).join(', ')}) DO UPDATE SET ${onConflict.update.map((name) => `${q(name)} = excluded.${q(name)}`).join(', ')}`;
  // Knex reads `?` as a binding, so the JSON operators above must not hold one.
  const result = await knex.raw(
    `INSERT INTO ${q(table)} (${names}) SELECT ${names} FROM ${source} WHERE ${condition} ${tail}`,
    bindings,
  );
  return dialect === 'sqlite' ? result.changes : result.rowCount;
}
