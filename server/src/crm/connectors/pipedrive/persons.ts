import type { CrmRow, Page } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import type { Api } from './api';
import { holding } from './columns';
import { organizationNames } from './organizations';
import type { Person } from './payloads';
import { cellOf, currencyOf } from './values';
import { walk } from './walk';

export const PERSONS = 'api/v2/persons';

/** Persons that changed. Those that were deleted or merged into others are no longer listed: `pullIds` tells of them. */
export async function* pullCustomers(api: Api, columns: Columns, cursor: string | null): AsyncIterable<Page> {
  const namesOf = organizationNames(api);
  const named = propertiesOf(columns).includes('org_name');
  const lists = [{ url: PERSONS, query: holding(columns) }];
  for await (const { rows, cursor: next } of walk<Person>(api, lists, cursor)) {
    const names = named ? await namesOf(rows) : new Map<number, string>();
    const records = rows.map((person) => {
      const org_name = names.get(person.org_id ?? 0) ?? null;
      return { id: String(person.id), customers: [rowOf({ ...person, org_name }, columns)] };
    });
    yield { records, cursor: next };
  }
}

function rowOf(person: Person & { org_name: string | null }, columns: Columns): CrmRow {
  const currencies = propertiesOf(columns).map((property) => currencyOf(person, property));
  const currency = currencies.find((code) => code !== null);
  return {
    customer_id: String(person.id),
    ...mapped(person, columns, cellOf),
    ...(currency === undefined ? {} : { currency }),
  };
}
