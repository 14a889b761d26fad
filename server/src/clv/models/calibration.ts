import { ranked } from './capture-curve';

/** A group of customers: what was predicted for them and what came, per customer. */
export interface CalibrationGroup {
  /** What the group is: `1` (lowest predictions) to `10`, or the number of repeat orders before. */
  group: string;
  customers: number;
  predicted: number;
  actual: number;
  /** 95 % interval of the mean of what came; null of fewer than two. */
  low: number | null;
  high: number | null;
}

const Z = 1.959963984540054;
/** Customers with at least this many repeat orders are one group. */
const MANY = 7;

/**
 * Means of predictions and of what came by tenths of the prediction, lowest first. Customers with equal predictions stay
 * together, so that groups may differ in size and some may be missing.
 */
export function calibrationByPrediction(
  predicted: Float64Array,
  actual: Float64Array,
  groups = 10,
): CalibrationGroup[] {
  const { order, ends } = ranked(predicted);
  const groupOf = new Uint8Array(predicted.length);
  let start = 0;
  for (const end of ends) {
    // The middle of the equal ones decides; the ranking begins with the highest.
    const group = groups - 1 - Math.floor((groups * (start + end)) / 2 / predicted.length);
    for (let i = start; i < end; i++) groupOf[order[i]!] = group;
    start = end;
  }
  return means(groupOf, groups, predicted, actual, (group) => String(group + 1));
}

/** The same by repeat orders before the holdout: 0, 1, … and 7 or more, as in Fader, Hardie and Lee (2005). */
export function calibrationByFrequency(
  frequency: Float64Array,
  predicted: Float64Array,
  actual: Float64Array,
): CalibrationGroup[] {
  const groupOf = Uint8Array.from(frequency, (x) => Math.min(x, MANY));
  const name = (group: number) => (group === MANY ? `${MANY}+` : String(group));
  return means(groupOf, MANY + 1, predicted, actual, name);
}

function means(
  groupOf: Uint8Array,
  groups: number,
  predicted: Float64Array,
  actual: Float64Array,
  name: (group: number) => string,
): CalibrationGroup[] {
  const sums = Array.from({ length: groups }, () => ({ n: 0, predicted: 0, actual: 0, squared: 0 }));
  for (let i = 0; i < actual.length; i++) {
    const sum = sums[groupOf[i]!]!;
    sum.n++;
    sum.predicted += predicted[i]!;
    sum.actual += actual[i]!;
    sum.squared += actual[i]! ** 2;
  }
  return sums.flatMap(({ n, predicted, actual, squared }, group) => {
    if (n === 0) return [];
    const mean = actual / n;
    const reach = Z * Math.sqrt(Math.max(0, squared / n - mean * mean) / (n - 1));
    return {
      group: name(group),
      customers: n,
      predicted: predicted / n,
      actual: mean,
      low: n > 1 ? mean - reach : null,
      high: n > 1 ? mean + reach : null,
    };
  });
}
