import { stringify } from 'csv-stringify/sync';
import type { GroupFigures } from './api-types';
import { harmless } from './csv';

const COLUMNS: Record<Exclude<keyof GroupFigures, 'value'>, string> = {
  items: 'items',
  comparable: 'comparable',
  needed: 'needed',
  associated: 'associated',
  belowTypical: 'below_typical',
  excess: 'excess',
  excessLow: 'excess_low',
  excessHigh: 'excess_high',
  spread: 'spread',
  pValue: 'p_value',
  qValue: 'q_value',
  verdict: 'verdict',
  readings: 'readings',
};

/** Groups as CSV: one row a group, the first column named after what they group by; what cannot be given is empty. */
export function groupsCsv(by: string, groups: GroupFigures[]): string {
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const rows = groups.map((group) => [harmless(group.value), ...names.map((name) => group[name])]);
  return stringify([[by, ...Object.values(COLUMNS)], ...rows]);
}
