import type { Knex } from 'knex';

/** Titles of content items by id, gone ones too. */
export async function contentTitles(knex: Knex): Promise<Map<string, string>> {
  const rows = await knex('clv_contents').select('id', 'title');
  return new Map(rows.map(({ id, title }) => [String(id), title]));
}
