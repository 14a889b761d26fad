import { describe, expect, test } from 'vitest';
import { findingOf } from '../../../admin/src/pages/Experiments/finding';
import type { ExperimentReport } from '../../../server/src/activation/experiments/api-types';

const arm = (name: string, units: number, buyers: number) => ({
  arm: name,
  units,
  persons: units,
  customers: 0,
  mean: 1,
  sum: units,
  buyers: buyers / units,
});
const interval = { value: 1, low: -1, high: 3 };
const effect = (verdict: ExperimentReport['effects'][number]['verdict']) => ({
  arm: 'recommended',
  perUnit: interval,
  unadjusted: interval,
  varianceSaved: 0,
  relative: null,
  incremental: 1,
  pValue: 0.5,
  verdict,
});
const report = (others: Partial<ExperimentReport>): ExperimentReport => ({
  at: 0,
  currency: 'EUR',
  value: 'revenue',
  arms: [arm('holdout', 85, 12), arm('recommended', 800, 190)],
  effects: [effect('not enough data')],
  ratio: { pValue: 0.5, ok: true },
  crossed: 0,
  final: true,
  ...others,
});

describe('what is missing before an experiment tells anything', () => {
  test('is people, while an arm has too few of them', () => {
    const arms = [arm('holdout', 12, 2), arm('recommended', 121, 20)];
    expect(findingOf(report({ arms, effects: [] }))).toEqual({ is: 'few', of: 'units', n: 12 });
  });

  test('is buyers, where there are people enough', () => {
    expect(findingOf(report({}))).toEqual({ is: 'few', of: 'buyers', n: 12 });
  });

  test('is the planned end of a fixed horizon that has people enough', () => {
    expect(findingOf(report({ final: false }))).toEqual({ is: 'early' });
  });

  test('is nothing once there is a verdict', () => {
    const clear = effect('more');
    expect(findingOf(report({ effects: [clear] }))).toEqual({ is: 'effect', effect: clear });
  });
});
