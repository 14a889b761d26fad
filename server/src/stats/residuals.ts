import { mean } from './mean';

/** A control that keeps less than this share of its length once the others are taken out adds nothing but rounding. */
const DEPENDENT = 1e-20;

/**
 * What is left of `values` after a least-squares regression on the controls and a constant, by the modified
 * Gram–Schmidt process. A control that the others determine is passed over.
 */
export function residuals(values: ArrayLike<number>, controls: ArrayLike<number>[]): Float64Array {
  const basis: Float64Array[] = [];
  for (const control of controls) {
    const column = centred(control);
    const before = dot(column, column);
    for (const axis of basis) subtractProjection(column, axis);
    if (dot(column, column) > before * DEPENDENT) basis.push(column);
  }
  const rest = centred(values);
  for (const axis of basis) subtractProjection(rest, axis);
  return rest;
}

function centred(values: ArrayLike<number>): Float64Array {
  const centre = mean(values);
  const rest = Float64Array.from(values);
  for (let i = 0; i < rest.length; i++) rest[i]! -= centre;
  return rest;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtractProjection(from: Float64Array, axis: Float64Array): void {
  const share = dot(from, axis) / dot(axis, axis);
  for (let i = 0; i < from.length; i++) from[i]! -= share * axis[i]!;
}
