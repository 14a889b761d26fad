import type { CrmRow, Page } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import type { Api, DescribedField, SObject } from './api';
import { read, write } from './cursor';
import { hasField, readerOf } from './record';
import { property } from './soql';
import { count, walk } from './walk';

interface Settings {
  leads: boolean;
  /** The property of a contact that fills each column. */
  columns: Columns;
  /** Of costs in an org that has one currency. */
  currency: string;
}

/** An object whose records are customers. */
interface Kind {
  object: string;
  select: string[];
  row(record: SObject): CrmRow;
}

/** Contacts, and leads where they count as customers, with those that were deleted, merged or converted. */
export async function* pullCustomers(
  api: Api,
  settings: Settings,
  cursor: string | null,
): AsyncIterable<Page> {
  const places = read(cursor);
  const kinds = await kindsOf(api, settings);
  const objects = kinds.map(({ object }) => object);
  const total = cursor === null ? await count(api, objects) : undefined;
  for (const kind of kinds) {
    for await (const { records, place } of walk(api, kind, places[kind.object])) {
      places[kind.object] = place;
      yield { ...pageOf(records, kind), cursor: write(places), total };
    }
  }
}

async function kindsOf(api: Api, settings: Settings): Promise<Kind[]> {
  const contacts = kindOf('Contact', settings.columns, await api.describe('Contact'), settings);
  if (!settings.leads) return [contacts];
  const fields = await api.describe('Lead');
  const columns = Object.fromEntries(
    Object.entries(settings.columns).map(([column, name]) => [column, name && ofLead(name, fields)]),
  );
  const leads = kindOf('Lead', columns, fields, settings);
  return [contacts, { ...leads, select: [...leads.select, 'IsConverted', 'ConvertedContactId'] }];
}

/** A lead holds on its own what a contact has from its account. */
function ofLead(name: string, fields: DescribedField[]): string | null {
  const own = name === 'Account.Name' ? 'Company' : name.replace(/^Account\./, '');
  return hasField(fields, own) ? own : null;
}

function kindOf(object: string, columns: Columns, fields: DescribedField[], { currency }: Settings): Kind {
  const costs = columns.acquisition_cost ?? columns.service_cost_per_month ?? null;
  const several = costs !== null && hasField(fields, 'CurrencyIsoCode') ? ['CurrencyIsoCode'] : [];
  const value = readerOf(fields);
  return {
    object,
    select: [...new Set([...propertiesOf(columns).map(property), 'MasterRecordId', ...several])],
    row: (record) => ({
      customer_id: record.Id,
      ...mapped(record, columns, value),
      ...(costs === null ? {} : { currency: String(record.CurrencyIsoCode ?? currency) }),
    }),
  };
}

function pageOf(records: SObject[], { row }: Kind): Required<Pick<Page, 'records' | 'gone' | 'merged'>> {
  const page: ReturnType<typeof pageOf> = { records: [], gone: [], merged: [] };
  for (const record of records) {
    const into = record.IsConverted ? record.ConvertedContactId : record.MasterRecordId;
    if (typeof into === 'string') page.merged.push({ from: record.Id, into });
    else if (record.IsDeleted) page.gone.push(record.Id);
    else page.records.push({ id: record.Id, customers: [row(record)] });
  }
  return page;
}
