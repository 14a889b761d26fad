import type { CrmField, Stream } from '../../connector';
import type { Api } from './api';
import type { Field } from './payloads';

export const PERSON_FIELDS = 'api/v2/personFields';
const DEAL_FIELDS = 'api/v2/dealFields';

const TYPES: Record<string, CrmField['type']> = {
  varchar: 'text',
  varchar_auto: 'text',
  text: 'text',
  phone: 'text',
  address: 'text',
  double: 'number',
  int: 'number',
  monetary: 'money',
  date: 'date',
  enum: 'choice',
  set: 'choice',
};

const field = (name: string, label: string, type: CrmField['type'] = 'text'): CrmField => ({
  name,
  label,
  type,
});

/** What every person has, by the names that the answers use. */
const OF_PERSONS = [
  field('emails', 'Email (primary)'),
  field('name', 'Name'),
  field('org_name', 'Organization'),
  field('job_title', 'Job title'),
  field('labels', 'Labels', 'choice'),
  field('owner_id', 'Owner (ID)', 'other'),
  field('add_time', 'Person created', 'date'),
];

const OF_DEALS = [
  field('value', 'Value', 'money'),
  field('currency', 'Currency'),
  field('won_time', 'Won time', 'date'),
  field('close_time', 'Deal closed', 'date'),
  field('add_time', 'Deal created', 'date'),
  field('expected_close_date', 'Expected close date', 'date'),
  field('title', 'Title'),
  field('labels', 'Labels', 'choice'),
  field('origin', 'Source origin'),
  field('channel', 'Source channel (ID)', 'other'),
  field('channel_id', 'Source channel, further'),
  field('pipeline_id', 'Pipeline (ID)', 'other'),
  field('stage_id', 'Stage (ID)', 'other'),
  field('mrr', 'MRR', 'money'),
  field('arr', 'ARR', 'money'),
  field('acv', 'ACV', 'money'),
];

export async function allFields(api: Api, url: string): Promise<Field[]> {
  const fields: Field[] = [];
  for await (const some of api.pages<Field>(url)) fields.push(...some);
  return fields;
}

/** What columns may be mapped to: what every account has, and its custom fields by their codes. */
export async function fieldsOf(api: Api): Promise<Record<Stream, CrmField[]>> {
  const [persons, deals] = await Promise.all([PERSON_FIELDS, DEAL_FIELDS].map((url) => allFields(api, url)));
  const customers = [...OF_PERSONS, ...custom(persons!)];
  const orders = [...OF_DEALS, ...custom(deals!)];
  return { customers, orders, subscriptions: orders };
}

const custom = (fields: Field[]): CrmField[] =>
  fields
    .filter(({ is_custom_field }) => is_custom_field)
    .map(({ field_code, field_name, field_type }) =>
      field(field_code, field_name, TYPES[field_type] ?? 'other'),
    );
