import { demand } from './refusal';
import type { StoredField } from './store';

/** What each type of custom field takes; null always empties one. */
const TAKES: Record<string, (value: unknown, field: StoredField) => boolean> = {
  varchar: (value) => typeof value === 'string' && value.length <= 255,
  varchar_auto: (value) => typeof value === 'string' && value.length <= 255,
  text: (value) => typeof value === 'string' && value.length <= 65_000,
  double: (value) => typeof value === 'number',
  monetary: (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const { value: amount, currency, ...others } = value as Record<string, unknown>;
    const good = typeof amount === 'number' && /^[A-Z]{3}$/.test(String(currency));
    return good && Object.keys(others).length === 0;
  },
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  enum: (value, { options }) => options?.some(({ id }) => id === value) ?? false,
  set: (value, { options }) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => options?.some(({ id }) => id === each) ?? false),
};

export const TYPES = Object.keys(TAKES);

/** Judges the `custom_fields` of a request. */
export function judge(given: unknown, fields: StoredField[]): Record<string, unknown> {
  demand(
    typeof given === 'object' && given !== null && !Array.isArray(given),
    'custom_fields must be an object',
  );
  for (const [code, value] of Object.entries(given)) {
    const field = fields.find((each) => each.custom && each.code === code);
    demand(field, `Validation failed: custom_fields: unknown field ${code}`);
    const good = value === null || TAKES[field.type]?.(value, field);
    demand(good, `Validation failed: custom_fields.${code}: invalid value for a field of type ${field.type}`);
  }
  return given as Record<string, unknown>;
}

/** Custom fields as an answer shows them: those that were asked for, options with their words on request. */
export function shown(
  custom: Record<string, unknown>,
  fields: StoredField[],
  query: URLSearchParams,
): Record<string, unknown> {
  const codes = query.get('custom_fields')?.split(',');
  const labels = query.get('include_option_labels') === 'true';
  const asked = fields.filter(({ custom: own, code }) => own && (!codes || codes.includes(code)));
  return Object.fromEntries(
    asked.map(({ code, options }) => {
      const value = custom[code] ?? null;
      if (!labels || !options || value === null) return [code, value];
      const worded = (id: unknown) => options.find((option) => option.id === id) ?? null;
      return [code, Array.isArray(value) ? value.map(worded) : worded(value)];
    }),
  );
}
