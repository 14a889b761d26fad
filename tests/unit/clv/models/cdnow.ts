import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dayNumber } from '../../../../server/src/clv/models/local-days';
import { orderDays } from '../../../../server/src/clv/models/order-days';
import { type Rfm, rfm } from '../../../../server/src/clv/models/rfm';

const folder = process.env.CLV_REFERENCE_DATA;
/** Fader and Hardie's one-in-ten sample of a CD shop's customers of 1997. */
const file = folder ? path.join(folder, 'cdnow', 'orders.csv') : '';

export const hasCdnow = existsSync(file);
if (!hasCdnow) {
  console.info('CLV_REFERENCE_DATA is not set (a folder with cdnow/orders.csv): figures of CDNOW skipped');
}

/** Observed to 1997-09-30, held out to 1998-06-30, in weeks; customer `0001` has number 0, and so on. */
export function cdnow(): Rfm {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  const columns = {
    customer: Int32Array.from(rows, ([, customer]) => Number(customer) - 1),
    at: Float64Array.from(rows, ([, , at]) => Date.parse(at!)),
    value: Float64Array.from(rows, ([, , , amount]) => Number(amount!.replace('.', ''))),
    refund: new Uint8Array(rows.length),
  };
  const end = dayNumber('1998-06-30');
  const days = orderDays(columns, { customers: 2357, timezone: 'UTC', end });
  return rfm(days, { unit: 'week', until: dayNumber('1997-09-30'), holdoutEnd: end, minorUnits: 100 });
}
