import type { Forecast } from '../../clv/models/forecast';
import { CsvFile } from '../csv-file';

const HEADER = [
  'customer_id',
  'frequency',
  'recency',
  'age',
  'p_alive',
  'expected_purchases',
  'expected_value',
  'clv',
];

/** Beyond these digits there is nothing but rounding. */
const DIGITS = 12;

/**
 * Writes one row a customer: the history, and what is expected in the horizon. `expected_value` is that of one order,
 * `clv` the discounted value of all orders in the horizon; what cannot be given is empty.
 *
 * @returns a line on what was written
 */
export async function writePredictions(
  file: string,
  { seen, predictions, spend }: Forecast,
  customerIds: readonly string[],
): Promise<string> {
  const csv = await CsvFile.create(file, HEADER);
  for (let i = 0; i < seen.customer.length; i++) {
    await csv.add([
      customerIds[seen.customer[i]!],
      seen.frequency[i],
      figure(seen.recency[i]),
      figure(seen.age[i]),
      figure(predictions?.pAlive?.[i]),
      figure(predictions?.expectedPurchases[i]),
      figure(spend.expected[i]),
      figure(predictions?.clv[i]),
    ]);
  }
  return csv.close();
}

function figure(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(DIGITS));
}
