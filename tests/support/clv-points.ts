import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

/** The folder with the reference data; tests that need it are skipped where it is not named. */
export const referenceData = process.env.CLV_REFERENCE_DATA;
if (!referenceData) {
  console.info(
    'CLV_REFERENCE_DATA is not set (the folder with the reference data): comparisons with it are skipped',
  );
}

/** Point values of the models, computed with 50 digits at published parameters. */
export function clvPoints() {
  return JSON.parse(readFileSync(path.join(referenceData!, 'reference/clv-points.json'), 'utf8'));
}

/** Within a share of what is expected. */
export function expectClose(actual: number, expected: number, relative = 1e-9): void {
  const error = Math.abs(actual - expected);
  expect(error, `${actual} is not ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));
}
