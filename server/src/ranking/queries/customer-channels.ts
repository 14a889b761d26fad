import type { Knex } from 'knex';

const CHUNK = 10_000;

/** The channel that each customer came by, merges followed; of a person with several records the last one read. */
export async function* customerChannels(
  knex: Knex,
): AsyncGenerator<{ personId: string; channel: string }[], void, undefined> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_customers as c')
      .join('clv_persons as p', 'p.id', 'c.person_id')
      .where('c.customer_id', '>', after)
      .orderBy('c.customer_id')
      .limit(CHUNK)
      .select('c.customer_id', 'c.channel', 'p.canonical_id');
    if (rows.length === 0) return;
    yield rows
      .filter((row) => row.channel)
      .map((row) => ({ personId: row.canonical_id, channel: row.channel }));
    after = rows.at(-1).customer_id;
  }
}
