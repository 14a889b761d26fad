import { BadField, quoted } from '../../crm/csv/bad-field';
import { COLUMNS } from '../../crm/csv/columns';
import { required } from '../../crm/csv/order-row';
import type { Path } from '../../ranking/models/attribution';
import { Numbering } from '../rank/numbering';
import { readRows } from '../read-rows';

/** Beyond this a number is a slip of the keyboard; thousands of such numbers still sum exactly. */
const MOST = 1e12;

/**
 * Reads aggregated paths; a missing or empty value or number of nulls is 0.
 *
 * @returns the paths, and the name of each of their item numbers
 */
export async function readPaths(file: string): Promise<{ paths: Path[]; contents: string[] }> {
  const numbering = new Numbering();
  const paths: Path[] = [];
  for await (const { steps, ...counts } of readRows(file, COLUMNS.paths, pathRow)) {
    paths.push({ items: steps.map((step) => numbering.numberOf(step)), ...counts });
  }
  return { paths, contents: numbering.keys };
}

function pathRow(values: Record<string, string>) {
  const steps = required(values, 'path')
    .split('>')
    .map((step) => step.trim());
  if (steps.includes('')) {
    throw new BadField('path', `has an empty step: ${quoted(values.path!)}; write it like a > b > c`);
  }
  const conversions = count(required(values, 'total_conversions'), 'total_conversions');
  const nulls = count(values.total_null || '0', 'total_null');
  const value = number(values.total_conversion_value || '0', 'total_conversion_value');
  if (value !== 0 && conversions === 0) {
    const reason = `is ${value}, but total_conversions is 0; count the conversions that are worth it`;
    throw new BadField('total_conversion_value', reason);
  }
  return { steps, conversions, value, nulls };
}

function count(text: string, field: string): number {
  const value = number(text, field);
  if (value < 0) throw new BadField(field, `is below 0: ${quoted(text)}; count how often it happened`);
  return value;
}

function number(text: string, field: string): number {
  const value = Number(text);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(value)) {
    const how = 'write it like 1234.5, with a point and without thousands separators';
    throw new BadField(field, `is not a number: ${quoted(text)}; ${how}`);
  }
  if (Math.abs(value) > MOST) throw new BadField(field, `is too large: ${quoted(text)}; at most ${MOST}`);
  return value;
}
