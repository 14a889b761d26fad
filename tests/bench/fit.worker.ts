// The value engine's pure part, in a thread: the warm fit of a sample, and everything for many simulated customers.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { bgNbd } from '../../server/src/clv/models/bg-nbd';
import { customerValues, fitSpend } from '../../server/src/clv/models/customer-value';
import { dayNumber } from '../../server/src/clv/models/local-days';
import { mbgNbd } from '../../server/src/clv/models/mbg-nbd';
import { type OrderColumns, orderDays } from '../../server/src/clv/models/order-days';
import { mergedHistories, predict } from '../../server/src/clv/models/predict';
import { rfm } from '../../server/src/clv/models/rfm';
import { ratePerUnit } from '../../server/src/clv/models/units';
import { sampleBeta } from '../../server/src/stats/sample-beta';
import { sampleExponential } from '../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { seededRandom } from '../../server/src/stats/seeded-random';

const DAY = 86_400_000;
/** Two years of orders; first ones in the first 500 days. */
const LAST_DAY = 728;
const FIRST_DAYS = 500;

/** Milliseconds of each of several fits with standard errors, after the histories were made. */
function sample({ file, runs }: { file: string; runs: number }): number[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  const orders: OrderColumns = {
    customer: Int32Array.from(rows, ([, customer]) => Number(customer) - 1),
    at: Float64Array.from(rows, ([, , at]) => Date.parse(at!)),
    value: Float64Array.from(rows, ([, , , amount]) => Math.round(100 * Number(amount))),
    refund: new Uint8Array(rows.length),
  };
  const until = dayNumber('1997-09-30');
  const days = orderDays(orders, { customers: 2357, timezone: 'UTC', end: until });
  const { frequency, recency, age } = rfm(days, { unit: 'week', until, minorUnits: 100 });
  const histories = { frequency, recency, age, weight: new Float64Array(age.length).fill(1) };
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    const { standardErrors } = bgNbd.fit(histories);
    times.push(performance.now() - from);
    if (!standardErrors) throw new Error('the fit has no standard errors');
  }
  return times;
}

/** Customers of an MBG/NBD with parameters like those of CDNOW, spending by a Gamma-Gamma. */
function simulate(customers: number): OrderColumns {
  const random = seededRandom(1);
  const most = 6 * customers + 1000;
  const orders: OrderColumns = {
    customer: new Int32Array(most),
    at: new Float64Array(most),
    value: new Float64Array(most),
    refund: new Uint8Array(most),
  };
  let n = 0;
  for (let customer = 0; customer < customers; customer++) {
    const rate = sampleGamma(random, 0.525, 6.183 * 7);
    const stop = sampleBeta(random, 0.891, 1.614);
    const spend = sampleGamma(random, 3.744, 15.44);
    for (let day = FIRST_DAYS * random(); day < LAST_DAY; day += sampleExponential(random, rate)) {
      orders.customer[n] = customer;
      orders.at[n] = day * DAY;
      orders.value[n++] = 1 + Math.round(100 * sampleGamma(random, 6.25, spend));
      if (random() < stop) break;
    }
  }
  return {
    customer: orders.customer.subarray(0, n),
    at: orders.at.subarray(0, n),
    value: orders.value.subarray(0, n),
    refund: orders.refund.subarray(0, n),
  };
}

/** From orders to what each customer is worth in the coming year; the seconds that each step took. */
function value(orders: OrderColumns, customers: number) {
  const steps: [string, number][] = [];
  const timed = <T>(name: string, step: () => T): T => {
    const from = performance.now();
    const result = step();
    steps.push([name, (performance.now() - from) / 1000]);
    return result;
  };
  const options = { customers, timezone: 'Europe/Rome', end: LAST_DAY };
  const days = timed('order days', () => orderDays(orders, options));
  const seen = timed('histories', () => rfm(days, { unit: 'week', until: LAST_DAY, minorUnits: 100 }));
  const merged = timed('equal ones merged', () => mergedHistories(seen));
  const fit = timed('MBG/NBD', () => mbgNbd.fit(merged.unique));
  const spend = timed('Gamma-Gamma', () => fitSpend(seen));
  const discount = { horizon: 52, rate: ratePerUnit(0.1, 'week') };
  const predictions = timed('predictions', () => predict(merged, mbgNbd, fit, discount));
  const clv = timed('values', () => customerValues(predictions.discountedPurchases, spend.expected));
  if (!fit.identified || spend.kind !== 'gamma-gamma' || !clv.every(Number.isFinite)) {
    throw new Error(`the fit failed: ${fit.problem ?? spend.problem}`);
  }
  return { steps, orders: orders.at.length, histories: merged.unique.age.length };
}

if (workerData.task === 'sample') {
  parentPort!.postMessage(sample(workerData));
} else {
  const orders = simulate(workerData.customers);
  parentPort!.postMessage('ready');
  parentPort!.once('message', () => parentPort!.postMessage(value(orders, workerData.customers)));
}
