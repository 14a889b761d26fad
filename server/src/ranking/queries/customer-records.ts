import type { Knex } from 'knex';

const CHUNK = 10_000;

/** What the CRM says of a customer; null where it says nothing. */
export interface CustomerRecord {
  /** The canonical person. */
  personId: string;
  /** That they came by. */
  channel: string | null;
  segment: string | null;
  company: string | null;
}

/** All records of customers, merges followed, chunk by chunk; a person may have several. */
export async function* customerRecords(knex: Knex): AsyncGenerator<CustomerRecord[], void, undefined> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_customers as c')
      .join('clv_persons as p', 'p.id', 'c.person_id')
      .where('c.customer_id', '>', after)
      .orderBy('c.customer_id')
      .limit(CHUNK)
      .select('c.customer_id', 'c.channel', 'c.segment', 'c.company', 'p.canonical_id');
    if (rows.length === 0) return;
    yield rows.map(({ canonical_id, channel, segment, company }) => ({
      personId: canonical_id,
      channel: channel || null,
      segment: segment || null,
      company: company || null,
    }));
    after = rows.at(-1).customer_id;
  }
}
