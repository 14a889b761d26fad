import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { clv } from './run-clv';

const COLUMNS = 'customer_id,frequency,recency,age,p_alive,expected_purchases,expected_value,clv';

/** Runs `clv fit --json`; no figure that it prints may be no number. */
export async function fitFile(...args: string[]) {
  const { code, stdout, stderr } = await clv('fit', '--json', ...args);
  expect(stdout, stderr).not.toMatch(/NaN|Infinity/);
  return { code, stderr, document: code === 0 ? JSON.parse(stdout) : undefined };
}

/** The rows of a file of predictions, by column. */
export function rowsOf(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  expect(header).toBe(COLUMNS);
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(COLUMNS.split(',').map((name, i) => [name, values[i]!]));
  });
}
