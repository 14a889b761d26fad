/*
 * What goes out to a CRM about a customer. `clv_` and the field's name is its name there, wherever the CRM lets us
 * choose one.
 */

export type InsightField =
  | 'predicted'
  | 'total'
  | 'p_alive'
  | 'churn_risk'
  | 'tier'
  | 'stage'
  | 'segments'
  | 'next_order_at'
  | 'reading_score'
  | 'last_content'
  | 'top_content'
  | 'first_content_at'
  | 'last_content_at';

export interface InsightFieldInfo {
  name: InsightField;
  label: string;
  help: string;
  type: 'money' | 'share' | 'score' | 'text' | 'date';
  /** Whether it tells what somebody read, and so needs their consent to that. */
  reading: boolean;
}

const info = (
  name: InsightField,
  type: InsightFieldInfo['type'],
  label: string,
  help: string,
  reading = false,
): InsightFieldInfo => ({ name, label, help, type, reading });

/** Each fact once; the order is that of the CRM's form. */
export const INSIGHT_FIELDS: readonly InsightFieldInfo[] = [
  info('predicted', 'money', 'CLV: predicted', 'Expected value within the horizon of the model, discounted.'),
  info('total', 'money', 'CLV: total', 'Value so far and predicted value together.'),
  info('p_alive', 'share', 'CLV: P(alive)', 'Probability that the customer will order again, 0 to 1.'),
  info('churn_risk', 'share', 'CLV: churn risk', 'Probability that the customer has left, 0 to 1.'),
  info('tier', 'text', 'CLV: tier', 'The group of customers by value, such as gold.'),
  info('stage', 'text', 'CLV: lifecycle stage', 'prospect, new, active, at risk, lapsed or won back.'),
  info('segments', 'text', 'CLV: segments', 'Names of the segments that the customer is in.'),
  info(
    'next_order_at',
    'date',
    'CLV: next order expected',
    'Median of when the next order comes, if one comes.',
  ),
  info(
    'reading_score',
    'score',
    'CLV: reading score',
    'Reading of the last 90 days beside that of others, 0 to 100.',
    true,
  ),
  info('last_content', 'text', 'CLV: last content', 'What was read last.', true),
  info('top_content', 'text', 'CLV: top content', 'What was read longest.', true),
  info('first_content_at', 'date', 'CLV: first content touch', 'When something was first read.', true),
  info('last_content_at', 'date', 'CLV: last content touch', 'When something was last read.', true),
];

/**
 * Fields that came when connections were there already: a CRM gets one of these only when its connection was told to push it,
 * so that nobody's push breaks for want of a field that they did not ask for.
 */
const LATER: ReadonlySet<InsightField> = new Set(['segments']);

/** Those that came later among these. */
export const laterAmong = (fields: readonly InsightField[]): InsightField[] =>
  fields.filter((field) => LATER.has(field));

/** The fields that a CRM is to have: the ones of old, whichever are pushed, and the later ones among these. */
export const fieldsFor = (wanted: readonly InsightField[]): InsightFieldInfo[] =>
  INSIGHT_FIELDS.filter(({ name }) => !LATER.has(name) || wanted.includes(name));

/** The name of a field in the CRM. */
export const fieldName = (field: InsightField): string => `clv_${field}`;
