import type { CrmField, Stream } from '../../connector';
import type { Api, DescribedField } from './api';

const TYPES: Record<string, CrmField['type']> = {
  currency: 'money',
  double: 'number',
  int: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'date',
  picklist: 'choice',
  multipicklist: 'choice',
  combobox: 'choice',
  string: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  id: 'text',
  reference: 'text',
};

/** Compound fields and files are no value of a column. */
const NO_VALUE = new Set(['address', 'location', 'base64', 'complexvalue']);

/** The properties of contacts and opportunities, each with those of its account. */
export async function fieldsOf(api: Api): Promise<Record<Stream, CrmField[]>> {
  const [contact, opportunity, account] = await Promise.all(
    ['Contact', 'Opportunity', 'Account'].map((object) => api.describe(object)),
  );
  const ofAccount = told(account!).map(({ name, label, type }) => ({
    name: `Account.${name}`,
    label: `Account: ${label}`,
    type,
  }));
  const orders = [...told(opportunity!), ...ofAccount];
  return { customers: [...told(contact!), ...ofAccount], orders, subscriptions: orders };
}

const told = (fields: DescribedField[]): CrmField[] =>
  fields
    .filter(({ type }) => !NO_VALUE.has(type))
    .map(({ name, label, type }) => ({ name, label, type: TYPES[type] ?? 'other' }));
