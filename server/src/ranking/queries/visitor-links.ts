import type { Knex } from 'knex';

export interface VisitorLink {
  /** The canonical person. */
  personId: string;
  visitorKey: string;
  validFrom: number;
  validTo: number;
}

const CHUNK = 10_000;

/**
 * Every link between a browser and a person, merges followed, chunk by chunk; without the browsers of visitors who deny
 * their consent now, whatever they said when they read.
 */
export async function* visitorLinks(knex: Knex): AsyncGenerator<VisitorLink[], void, undefined> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_visitor_links as l')
      .join('clv_persons as p', 'p.id', 'l.person_id')
      .leftJoin('clv_visitors as v', 'v.visitor_key', 'l.visitor_key')
      .where('l.id', '>', after)
      .where((said) => said.whereNull('v.consent').orWhere('v.consent', '<>', 'denied'))
      .orderBy('l.id')
      .limit(CHUNK)
      .select('l.id', 'p.canonical_id', 'l.visitor_key', 'l.valid_from', 'l.valid_to');
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      personId: row.canonical_id,
      visitorKey: row.visitor_key,
      validFrom: Number(row.valid_from),
      validTo: Number(row.valid_to),
    }));
    after = rows.at(-1).id;
  }
}
