import type { Knex } from 'knex';
import { OPEN_END } from '../identity/visitor-timeline';
import type { PersonExport } from './api-types';
import { importErrorsOf } from './import-errors';
import { IMPORT_ERRORS, PERSONAL_TABLES } from './personal-columns';
import { scopeOf } from './scope';
import type { Subject } from './subject';

type Row = Record<string, unknown>;

const TIME = /^at$|_at$|^valid_/;
const COUNTS = new Set([
  'amount',
  'cost',
  'acquisition_cost',
  'service_cost_per_month',
  'mrr',
  'revenue',
  'historical',
  'predicted',
  'total',
]);

/** A value as a person can read it: times in ISO 8601, null where a link has no beginning or end. */
function readable(column: string, value: unknown): unknown {
  if (value === null) return null;
  // PostgreSQL and MySQL give bigints as text.
  if (COUNTS.has(column)) return Number(value);
  if (!TIME.test(column)) return value;
  const time = Number(value);
  return time === 0 || time === OPEN_END ? null : new Date(time).toISOString();
}

const told = (row: Row, shown: readonly string[]): Row =>
  Object.fromEntries(shown.map((column) => [column, readable(column, row[column])]));

/** Puts the key and the title of a content item where its number was. */
async function nameContents(knex: Knex, touches: Row[]): Promise<Row[]> {
  const contents = new Map<unknown, Row>();
  for (const row of await knex('clv_contents').select('id', 'uid', 'document_id', 'locale', 'title')) {
    contents.set(row.id, {
      content: [row.uid, row.document_id, row.locale].filter(Boolean).join('/'),
      title: row.title,
    });
  }
  return touches.map(({ content_id, ...touch }) => ({ ...touch, ...contents.get(content_id) }));
}

/** Everything that is stored about a subject, by section. */
export async function exportPerson(
  knex: Knex,
  subject: Subject,
  hashEmail: (email: string) => string,
): Promise<PersonExport> {
  const scope = await scopeOf(knex, subject, hashEmail);
  const sections: PersonExport['sections'] = {};
  for (const { section, shown, rows } of PERSONAL_TABLES) {
    sections[section] = (await rows(knex, scope).select(shown)).map((row: Row) => told(row, shown));
  }
  sections.touches = await nameContents(knex, sections.touches);
  const errors: Row[] = [];
  for await (const page of importErrorsOf(knex, scope)) {
    for (const error of page) errors.push(told({ ...error }, IMPORT_ERRORS.shown));
  }
  sections[IMPORT_ERRORS.section] = errors;
  return { exportedAt: new Date().toISOString(), sections };
}
