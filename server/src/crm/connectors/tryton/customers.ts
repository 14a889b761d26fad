import type { Page } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import type { Tryton } from './rpc';
import { propertyOf, type Row } from './values';
import type { Source } from './walk';

type Contact = Row & { type: string; value: string | null; active: unknown };

const CONTACT = ['type', 'value', 'active'].map((name) => `contact_mechanisms.${name}`);

/** Parties: one that was replaced by another is merged into it, one that is not active any more is gone. */
export async function customersOf(tryton: Tryton, columns: Columns): Promise<Source[]> {
  const companies = await tryton.records('company.company', [], ['party']);
  const properties = propertiesOf(columns).filter((property) => property !== 'email');
  const source: Source = {
    model: 'party.party',
    prefix: '',
    // Who keeps books in Tryton is a party of its own.
    domain: [['id', 'not in', companies.map(({ party }) => party)]],
    parts: ['contact_mechanisms'],
    fields: ['active', 'replaced_by', ...CONTACT, ...properties],
    async pageOf(rows) {
      return pageOf(rows, columns);
    },
  };
  return [source];
}

function pageOf(rows: Row[], columns: Columns): Omit<Page, 'cursor'> {
  const records: Page['records'] = [];
  const gone: string[] = [];
  const merged: NonNullable<Page['merged']> = [];
  for (const party of rows) {
    const id = String(party.id);
    if (party.replaced_by) merged.push({ from: id, into: String(party.replaced_by) });
    else if (!party.active) gone.push(id);
    else {
      const row = mapped({ ...party, email: emailOf(party) }, columns, propertyOf);
      records.push({ id, customers: [{ customer_id: id, ...row }] });
    }
  }
  return { records, gone, merged };
}

/** The first one in the order in which the CRM shows them; the field `email` would also show one that is not used any more. */
function emailOf(party: Row): string | null {
  const contacts = party['contact_mechanisms.'] as Contact[];
  return contacts.find(({ type, active, value }) => type === 'email' && active && value)?.value ?? null;
}
