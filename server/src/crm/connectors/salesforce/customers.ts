import type { CrmRow, Page } from '../../connector';
import type { Api, DescribedField, SObject } from './api';
import { type Columns, mappedOf } from './columns';
import { read, write } from './cursor';
import { hasField, type Reader, readerOf } from './record';
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
  columns: Columns;
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
  const total =
    cursor === null
      ? await count(
          api,
          kinds.map(({ object }) => object),
        )
      : undefined;
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
  const mapped = mappedOf(columns);
  const costs = mapped.some(([column]) => /cost/.test(column));
  const ownCurrency = costs && hasField(fields, 'CurrencyIsoCode') ? ['CurrencyIsoCode'] : [];
  const value: Reader = readerOf(fields);
  return {
    object,
    columns,
    select: [...new Set([...mapped.map(([, name]) => property(name)), 'MasterRecordId', ...ownCurrency])],
    row: (record) => ({
      customer_id: record.Id,
      ...(costs ? { currency: String(record.CurrencyIsoCode ?? currency) } : {}),
      ...Object.fromEntries(mapped.map(([column, name]) => [column, value(record, name)])),
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
