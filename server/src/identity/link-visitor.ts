import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { type Link, placeLink } from './visitor-timeline';

export interface VisitorLink {
  visitorKey: string;
  personId: string;
  /** null is now */
  at: number | null;
  source: string;
}

/** The links of a visitor; their first one is the lock that makes those who change them wait for each other. */
async function linksOf(trx: Knex.Transaction, visitorKey: string): Promise<Link[]> {
  const links = () => trx('clv_visitor_links').where({ visitor_key: visitorKey }).orderBy('linked_at');
  await links().forUpdate().first('id');
  // Only a second statement sees what was committed while the first one waited.
  const rows = await links().select('id', 'person_id', 'valid_from', 'valid_to', 'linked_at');
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    validFrom: Number(row.valid_from),
    validTo: Number(row.valid_to),
    linkedAt: Number(row.linked_at),
  }));
}

/** Puts a browser in a person's hands from a moment on; nothing changes when it was there already. */
export async function linkVisitor(trx: Knex.Transaction, link: VisitorLink): Promise<void> {
  const links = await linksOf(trx, link.visitorKey);
  const change = placeLink(links, link.personId, link.at, Date.now());
  if (!change) return;
  // Shorten before inserting: the unique keys allow one open link at every step.
  for (const { id, validFrom, validTo, linkedAt } of change.updates) {
    await trx('clv_visitor_links')
      .where({ id })
      .update({ valid_from: validFrom, valid_to: validTo, linked_at: linkedAt });
  }
  if (change.insert) {
    await trx('clv_visitor_links').insert({
      id: uuidv7(),
      visitor_key: link.visitorKey,
      person_id: change.insert.personId,
      valid_from: change.insert.validFrom,
      valid_to: change.insert.validTo,
      linked_at: change.insert.linkedAt,
      source: link.source,
    });
  }
}
