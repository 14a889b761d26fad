import type { CrmField, Stream } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { type Columns, propertiesOf } from '../shared/columns';
import type { Api } from './api';
import { COLUMNS } from './columns';
import { type ObjectType, paths } from './paths';
import type { Property } from './payloads';

export async function propertiesIn(api: Api, type: ObjectType): Promise<Property[]> {
  const { body } = await api.send<{ results: Property[] }>({ method: 'GET', url: paths.properties(type) });
  return body.results;
}

/** What columns may be mapped to: what users of HubSpot see, and what columns are usually filled by. */
export async function fieldsOf(api: Api): Promise<Record<Stream, CrmField[]>> {
  const contacts = await propertiesIn(api, 'contacts');
  const deals = await propertiesIn(api, 'deals');
  const usual = new Set(propertiesOf(...Object.values(COLUMNS)));
  const shown = (properties: Property[]): CrmField[] =>
    properties.filter(({ name, hidden }) => !hidden || usual.has(name)).map(fieldOf);
  return { customers: shown(contacts), orders: shown(deals), subscriptions: shown(deals) };
}

const TYPES: Record<string, CrmField['type']> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  enumeration: 'choice',
  bool: 'choice',
};

function fieldOf({ name, label, type, showCurrencySymbol }: Property): CrmField {
  const known = TYPES[type] ?? 'other';
  return { name, label, type: known === 'number' && showCurrencySymbol ? 'money' : known };
}

/**
 * HubSpot leaves out properties that there are none of, and the columns of everyone would be cleared.
 *
 * @throws ConnectorError config when a property that is mapped was deleted
 */
export async function demandProperties(api: Api, type: ObjectType, ...columns: Columns[]): Promise<void> {
  const usual = new Set(propertiesOf(...Object.values(COLUMNS)));
  const mapped = propertiesOf(...columns).filter((name) => !usual.has(name));
  if (mapped.length === 0) return;
  const there = new Set((await propertiesIn(api, type)).map(({ name }) => name));
  const missing = mapped.filter((name) => !there.has(name));
  if (missing.length === 0) return;
  throw new ConnectorError(
    'config',
    `The mapping names properties that HubSpot has not (any more): ${missing.join(', ').slice(0, 300)}. Choose others.`,
  );
}
