import type { CrmRow, Page } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import type { Api } from './api';
import type { CrmObject } from './payloads';
import { MERGED, mergedInto, property } from './record';
import type { Wanted } from './search';
import { walk } from './walk';

/** Contacts as customers. */
export async function* pullContacts(api: Api, columns: Columns, from: string | null): AsyncGenerator<Page> {
  const wanted: Wanted = {
    type: 'contacts',
    modified: 'lastmodifieddate',
    properties: [...propertiesOf(columns), 'lastmodifieddate', ...MERGED],
    contacts: false,
  };
  const costs = columns.acquisition_cost !== null || columns.service_cost_per_month !== null;
  const currency = costs ? (await api.account()).companyCurrency : undefined;
  for await (const { items, gone, cursor, total } of walk(api, wanted, from)) {
    yield {
      records: items.map((item) => ({ id: item.id, customers: [rowOf(item, columns, currency)] })),
      gone,
      merged: items.flatMap((item) => mergedInto(item).map((loser) => ({ from: loser, into: item.id }))),
      cursor,
      total,
    };
  }
}

/** @param currency of the account, where costs are among the columns */
function rowOf(item: CrmObject, columns: Columns, currency: string | undefined): CrmRow {
  const row = { customer_id: item.id, ...mapped(item, columns, property) };
  return currency === undefined ? row : { ...row, currency };
}
