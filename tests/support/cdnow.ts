import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Histories } from '../../server/src/clv/models/types';

const WEEK = 7 * 86_400_000;
const dayOf = (date: string) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);

/**
 * The customers of CDNOW from 1997-01-01 to a last day, in weeks, straight from the file: one order a customer and day.
 *
 * @param folder the reference data (CLV_REFERENCE_DATA)
 * @param file `orders.csv` for one customer of ten, `orders-full.csv.gz` for all
 */
export function cdnowHistories(folder: string, file = 'orders.csv', until = '1997-09-30'): Histories {
  const bytes = readFileSync(path.join(folder, 'cdnow', file));
  const [header, ...rows] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
  const names = header!.trim().split(',');
  const end = dayOf(until);
  const daysOf = new Map<string, Set<number>>();
  for (const row of rows) {
    const cells = row.split(',');
    const customer = cells[names.indexOf('customer_id')]!;
    const day = dayOf(cells[names.indexOf('ordered_at')]!);
    if (day > end) continue;
    if (!daysOf.has(customer)) daysOf.set(customer, new Set());
    daysOf.get(customer)!.add(day);
  }
  const days = [...daysOf.values()].map((set) => [...set].sort((a, b) => a - b));
  return {
    frequency: Float64Array.from(days, (own) => own.length - 1),
    recency: Float64Array.from(days, (own) => (own.at(-1)! - own[0]!) / WEEK),
    age: Float64Array.from(days, (own) => (end - own[0]!) / WEEK),
    weight: new Float64Array(days.length).fill(1),
  };
}
