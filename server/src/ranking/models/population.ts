/** Neighbouring values that are counted together. */
export interface ValueBin {
  min: number;
  max: number;
  count: number;
}

/**
 * The persons of one ranking with their values ranked once. All later questions need only each person's mid-rank,
 * deviation and bin, wherever the exposures are counted. The arrays are by the person's place in the values given.
 */
export interface Population {
  size: number;
  /** Persons whose value is above zero. */
  withValue: number;
  mean: number;
  /** The whole number next to the mean. Deviations from it are whole too, so that their sums are exact. */
  centre: number;
  /** Σ (value − centre) and Σ (value − centre)² */
  deviationSum: number;
  deviationSquares: number;
  /** Σ (t³ − t) over groups of t equal values. */
  ties: number;
  /** Σ (mid-rank − mean rank)² */
  rankSquares: number;
  /** In ascending order: one for each distinct value where there are at most 512, else neighbours by rank. */
  bins: ValueBin[];
  midRanks: Float64Array;
  /** value − centre */
  deviations: Float64Array;
  /** Index into `bins`. */
  binOf: Uint16Array;
}

const MAX_BINS = 512;

/** Ranks and bins the values of a population. Values are finite numbers: minor units, negative ones too. */
export function population(values: ArrayLike<number>): Population {
  const sorted = Float64Array.from(values).sort();
  const size = sorted.length;
  let sum = 0;
  let distinct = 0;
  for (let i = 0; i < size; i++) {
    sum += sorted[i]!;
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  }
  const mean = size === 0 ? 0 : sum / size;
  const result: Population = {
    size,
    withValue: 0,
    mean,
    centre: Math.round(mean),
    deviationSum: 0,
    deviationSquares: 0,
    ties: 0,
    rankSquares: 0,
    bins: [],
    midRanks: new Float64Array(size),
    deviations: new Float64Array(size),
    binOf: new Uint16Array(size),
  };

  const groups = { value: new Float64Array(distinct), rank: new Float64Array(distinct), bin: [] as number[] };
  const width = size / MAX_BINS;
  let lastBinStart = -1;
  for (let start = 0, g = 0; start < size; g++) {
    const value = sorted[start]!;
    let end = start + 1;
    while (end < size && sorted[end] === value) end++;
    const t = end - start;
    const rank = (start + 1 + end) / 2;
    const binStart = distinct <= MAX_BINS ? g : Math.floor(start / width);
    if (binStart !== lastBinStart) result.bins.push({ min: value, max: value, count: 0 });
    lastBinStart = binStart;
    const bin = result.bins.at(-1)!;
    bin.max = value;
    bin.count += t;
    groups.value[g] = value;
    groups.rank[g] = rank;
    groups.bin.push(result.bins.length - 1);
    result.ties += t * t * t - t;
    result.rankSquares += t * (rank - (size + 1) / 2) ** 2;
    result.deviationSum += t * (value - result.centre);
    result.deviationSquares += t * (value - result.centre) ** 2;
    if (value > 0) result.withValue += t;
    start = end;
  }

  for (let i = 0; i < size; i++) {
    const g = indexOf(groups.value, values[i]!);
    result.midRanks[i] = groups.rank[g]!;
    result.binOf[i] = groups.bin[g]!;
    result.deviations[i] = values[i]! - result.centre;
  }
  return result;
}

/** Place of a value in an ascending list that holds it. */
function indexOf(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
