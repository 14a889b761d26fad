import type { GlmFit } from '../../../stats/ridge-glm';
import type { SparseRow } from '../../../stats/sparse-rows';

/** A fitted model as it is stored: plain JSON. */
export interface LinearModel {
  intercept: number;
  /** Of what is known without reading. */
  base: number[];
  /** Of what was read; empty for a model without content. */
  reading: number[];
}

/** The part of a fit that predicts. */
export function linearModel(
  { intercept, coefficients }: GlmFit,
  level: number,
  contentFrom: number,
): LinearModel {
  const all = Array.from(coefficients);
  const reading = all.slice(contentFrom);
  return {
    intercept: intercept + level,
    base: all.slice(0, contentFrom),
    reading: reading.some((value) => value !== 0) ? reading : [],
  };
}

/** The linear predictor of one person. */
export function predictor(model: LinearModel, base: SparseRow, reading: SparseRow): number {
  let eta = model.intercept;
  for (const [column, value] of base) eta += (model.base[column] ?? 0) * value;
  for (const [column, value] of reading) eta += (model.reading[column] ?? 0) * value;
  return eta;
}
