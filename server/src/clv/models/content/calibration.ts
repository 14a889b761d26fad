/** People with like predictions, and what came of it. */
export interface CalibrationBin {
  predicted: number;
  actual: number;
  people: number;
}

/** Means of the predicted and of the actual in groups of equal size, the lowest predictions first. */
export function calibrationBins(predicted: Float64Array, actual: Float64Array, bins = 10): CalibrationBin[] {
  const order = Uint32Array.from(predicted.keys()).sort((i, j) => predicted[i]! - predicted[j]!);
  const result: CalibrationBin[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const part = order.subarray((bin * order.length) / bins, ((bin + 1) * order.length) / bins);
    if (part.length === 0) continue;
    const mean = (values: Float64Array) => part.reduce((sum, i) => sum + values[i]!, 0) / part.length;
    result.push({ predicted: mean(predicted), actual: mean(actual), people: part.length });
  }
  return result;
}
