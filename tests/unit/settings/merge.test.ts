import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../server/src/config';
import type { SettingPath } from '../../../server/src/settings/api-types';
import { CATALOGUE, PATHS } from '../../../server/src/settings/catalogue';
import { inForce, merged, type SavedValues, sourceOf } from '../../../server/src/settings/merge';
import { valueAt } from '../../../server/src/settings/paths';

/** What is wrong, as `path code`. */
function faults(saved: SavedValues, file: Record<string, unknown> = {}): string[] {
  const result = merged(file, saved);
  return 'errors' in result ? result.errors.map(({ path, code }) => `${path} ${code}`) : [];
}

function configWith(saved: SavedValues, file: Record<string, unknown> = {}) {
  const result = merged(file, saved);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

describe('what is in force', () => {
  test('is what config/plugins says, else what was saved, else the default', () => {
    const file = { consent: { mode: 'assumed' }, targets: {} };
    const saved = { 'consent.mode': 'required', 'consent.respectDnt': false, 'targets.ratio': 4 };
    const { consent, targets, value } = configWith(saved, file);
    expect(consent).toEqual({ mode: 'assumed', respectDnt: false, respectGpc: true });
    expect(targets).toEqual({ ratio: 4 });
    expect(value.currency).toBe('EUR');
    expect(sourceOf(file, saved, 'consent.mode')).toBe('file');
    expect(sourceOf(file, saved, 'consent.respectDnt')).toBe('saved');
    expect(sourceOf(file, saved, 'value.currency')).toBe('default');
  });

  test('is the configuration of before where nothing was saved', () => {
    const file = { tiers: { names: ['a', 'b', 'c'], cuts: [0.5, 0.9, 0.95] }, ranking: { schedule: false } };
    expect(inForce(file, {})).toEqual({ config: configSchema.parse(file), saved: {}, ignored: [] });
  });

  test('takes lists and rates as a whole', () => {
    const file = { value: { rates: { USD: 0.9 } } };
    expect(configWith({ 'value.rates': { GBP: 1.2 } }, file).value.rates).toEqual({ USD: 0.9 });
    expect(configWith({ 'value.rates': { GBP: 1.2 } }).value.rates).toEqual({ GBP: 1.2 });
  });

  test('leaves out a section that no longer fits, and keeps the others', () => {
    const saved = { 'tiers.cuts': [0.1, 0.2], 'tiers.of': 'predicted', 'targets.ratio': 5 };
    const file = { tiers: { names: ['a', 'b', 'c', 'd'] } };
    const { config, saved: left, ignored } = inForce(file, saved);
    expect(config.tiers.of).toBe('total');
    expect(config.targets.ratio).toBe(5);
    expect(left).toEqual({ 'targets.ratio': 5 });
    expect(ignored.map(({ path }) => path)).toEqual(['tiers.of', 'tiers.cuts']);
  });
});

describe('what does not fit is told at its field', () => {
  test.for<[saved: SavedValues, wrong: string[]]>([
    [{ 'value.currency': 'euro' }, ['value.currency value']],
    [{ 'value.timezone': 'Rome' }, ['value.timezone value']],
    [{ 'value.rates': { USD: 0, dollars: 1 } }, ['value.rates value']],
    [{ 'tracking.origins': ['https://a.example', 'b.example/x', 'c'] }, ['tracking.origins value']],
    [{ 'activation.holdout': 0.6, 'targets.ratio': 0 }, ['targets.ratio value', 'activation.holdout value']],
    [{ 'privacy.retentionDays': 7 }, ['privacy.retentionDays value']],
    [{ 'tiers.names': ['a', 'b', 'a'], 'tiers.cuts': [0.1, 0.2] }, ['tiers.names names-twice']],
    [{ 'tiers.names': ['a', 'b', 'c'], 'tiers.cuts': [0.1, 0.2, 0.3] }, ['tiers.cuts cuts-count']],
    [{ 'tiers.cuts': [0.3, 0.2, 0.5] }, ['tiers.cuts cuts-order']],
    [{ 'tiers.cuts': [10, 20, 30] }, ['tiers.cuts cuts-shares']],
    [{ 'tiers.rule': 'bands' }, ['tiers.rule cuts-missing']],
    [{ 'tiers.rule': 'bands', 'tiers.cuts': [50, 250, 1000] }, ['tiers.cuts cuts-order']],
    [{ 'tiers.rule': 'bands', 'tiers.cuts': [1000, 250, 50] }, []],
    [{ 'tiers.rule': 'pareto' }, []],
    [{ 'value.currency': 'USD', 'value.rates': { USD: 1.1 } }, ['value.rates own-rate']],
    [{ 'privacy.retentionDays': false }, []],
  ])('%j', ([saved, wrong]) => {
    expect(faults(saved)).toEqual(wrong);
  });

  test('of two settings that do not fit together, at the one that can be changed', () => {
    const file = { tiers: { cuts: [0.1, 0.3] } };
    expect(faults({ 'tiers.names': ['a', 'b', 'c', 'd'] }, file)).toEqual(['tiers.names cuts-count']);
    expect(faults({ 'value.currency': 'USD' }, { value: { rates: { USD: 0.9 } } })).toEqual([
      'value.currency own-rate',
    ]);
  });

  test('and what config/plugins says by itself is not judged', () => {
    const file = { tiers: { rule: 'bands' } };
    expect(faults({ 'targets.ratio': 2 }, file)).toEqual([]);
  });
});

test('every setting that is offered exists, and each says when it counts', () => {
  const everything: Record<string, unknown> = {
    'tiers.names': ['a', 'b', 'c', 'd'],
    'tiers.cuts': [0.1, 0.3, 0.6],
    'targets.retention': 0.8,
    'ranking.landmarkDate': '2026-01-31',
    'tracking.origins': ['https://www.example.com'],
  };
  const config = configWith(everything as SavedValues);
  for (const path of PATHS) expect(valueAt(config, path), path).toBeDefined();
  for (const path of PATHS as SettingPath[]) {
    const { takesEffect, runs } = CATALOGUE[path];
    expect(takesEffect.length, path).toBeGreaterThan(0);
    expect(takesEffect.includes('next run'), path).toBe(runs.length > 0);
  }
});
