import type { ConnectorTools, CrmRow, Page } from '../../connector';
import type { Api } from './api';
import { holding, type Mapped, mappedOf } from './columns';
import { organizationNames } from './organizations';
import type { Person } from './payloads';
import { cellOf, currencyOf } from './values';
import { walk } from './walk';

export const PERSONS = 'api/v2/persons';

/** Persons that changed. Those that were deleted or merged into others are no longer listed: `pullIds` tells of them. */
export async function* pullCustomers(
  api: Api,
  tools: Pick<ConnectorTools, 'mapping'>,
  cursor: string | null,
): AsyncIterable<Page> {
  const mapped = mappedOf('customers', tools);
  const withNames = mapped.some(([, name]) => name === 'org_name');
  const namesOf = organizationNames(api);
  const lists = [{ url: PERSONS, query: holding(mapped) }];
  for await (const { rows, cursor: next } of walk<Person>(api, lists, cursor)) {
    const names = withNames ? await namesOf(rows) : new Map<number, string>();
    const records = rows.map((person) => {
      const org_name = names.get(person.org_id ?? 0) ?? null;
      return { id: String(person.id), customers: [rowOf({ ...person, org_name }, mapped)] };
    });
    yield { records, cursor: next };
  }
}

function rowOf(person: Person & { org_name: string | null }, mapped: Mapped): CrmRow {
  const currency = mapped.map(([, name]) => currencyOf(person, name)).find((code) => code !== null);
  return {
    customer_id: String(person.id),
    ...Object.fromEntries(mapped.map(([column, name]) => [column, cellOf(person, name)])),
    ...(currency === undefined ? {} : { currency }),
  };
}
