import { fieldName, type InsightField, type InsightFieldInfo } from '../../insight-fields';

/** The name of an insight's field on contacts and leads. */
export const customName = (field: InsightField): string => `${fieldName(field)}__c`;

type Kind = InsightFieldInfo['type'];

const LONGEST_TEXT = 255;
/** Of the longest label that a custom field may have. */
const LONGEST_LABEL = 40;

const NUMBERS: Partial<Record<Kind, { precision: number; scale: number }>> = {
  money: { precision: 18, scale: 2 },
  share: { precision: 5, scale: 4 },
  score: { precision: 5, scale: 2 },
};

/**
 * A custom field for an insight, as the Tooling API wants it. Money is a plain number with the currency in its label: a
 * field of the type Currency is in that of its record or of the org, which the report's need not be.
 */
export function metadataOf(info: InsightFieldInfo, currency: string): Record<string, unknown> {
  const number = NUMBERS[info.type];
  const label = info.type === 'money' ? `${info.label} (${currency})` : info.label;
  return {
    label: label.slice(0, LONGEST_LABEL),
    inlineHelpText: info.help,
    ...(number ? { type: 'Number', ...number } : {}),
    ...(info.type === 'text' ? { type: 'Text', length: LONGEST_TEXT } : {}),
    ...(info.type === 'date' ? { type: 'DateTime' } : {}),
  };
}

/** What a person must choose when they make the field by hand. */
export function typeInWords({ type }: InsightFieldInfo): string {
  const number = NUMBERS[type];
  if (number) return `Number(${number.precision - number.scale}, ${number.scale})`;
  return type === 'text' ? `Text(${LONGEST_TEXT})` : 'Date/Time';
}

/** A value as its field takes it. */
export function valueFor({ type }: InsightFieldInfo, value: string | number | null): string | number | null {
  if (value === null) return null;
  const number = NUMBERS[type];
  if (number) return Number(Number(value).toFixed(number.scale));
  return type === 'date' ? new Date(value).toISOString() : String(value).slice(0, LONGEST_TEXT);
}
