import type { Asked } from '../served';
import { TYPES } from './custom-fields';
import { numberIn } from './lists';
import { demand, onlyKnown } from './refusal';
import type { Store, StoredField } from './store';

const fieldOf = ({ code, name, type, custom, options }: StoredField) => ({
  field_name: name,
  field_code: code,
  field_type: type,
  is_custom_field: custom,
  is_optional_response_field: false,
  options,
  subfields: null,
});

/** Fields in pages, with a cursor that is the place of the next one. */
export function listFields({ query }: Asked, fields: StoredField[]) {
  onlyKnown(query.keys(), ['limit', 'cursor', 'include_fields'], 'parameter');
  const limit = numberIn(query.get('limit') ?? '100', 1, 500, 'limit');
  const from = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString() || 0);
  demand(Number.isInteger(from), 'Invalid cursor');
  const more = fields.length > from + limit;
  return {
    rows: fields.slice(from, from + limit).map(fieldOf),
    next: more ? Buffer.from(String(from + limit)).toString('base64url') : null,
  };
}

const KNOWN = ['field_name', 'field_type', 'options', 'ui_visibility', 'important_fields', 'required_fields'];

export function addField({ body }: Asked, store: Store, of: 'personFields' | 'dealFields') {
  demand(typeof body === 'object' && body !== null, 'The body must be a JSON object');
  onlyKnown(Object.keys(body), KNOWN, 'property');
  const { field_name, field_type, options } = body;
  demand(typeof field_name === 'string' && field_name !== '', 'field_name is required');
  demand(TYPES.includes(field_type), 'field_type is not one of those that can be created');
  const labels = field_type === 'enum' || field_type === 'set' ? options : undefined;
  demand(labels === undefined || Array.isArray(labels), 'options are required');
  return fieldOf(
    store.addField(
      of,
      field_name,
      field_type,
      labels?.map(({ label }: { label: string }) => label),
    ),
  );
}
