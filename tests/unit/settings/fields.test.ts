import { expect, test } from 'vitest';
import { type FieldKind, sentOf, type Typed, typedOf } from '../../../admin/src/pages/Settings/fields';
import { FIELDS } from '../../../admin/src/pages/Settings/sections';
import type { SettingPath } from '../../../server/src/settings/api-types';
import { PATHS } from '../../../server/src/settings/catalogue';

test('every setting that the server offers has a field, and no other', () => {
  expect(Object.keys(FIELDS).sort()).toEqual([...PATHS].sort());
});

test.for<[path: SettingPath, kind: FieldKind, typed: Typed, sent: unknown]>([
  ['activation.holdout', 'percent', '12,5', 0.125],
  ['ranking.fdr', 'percent', '7', 0.07],
  ['targets.ratio', 'number', ' 3.5 ', 3.5],
  // The server says what is wrong with what is no number; an empty one must not take the saved value back.
  ['targets.ratio', 'number', '', ''],
  ['targets.ratio', 'number', '3x', '3x'],
  ['targets.retention', 'percent', ' ', null],
  ['ranking.landmarkDate', 'day', '', null],
  ['ranking.landmarkDate', 'day', '2026-01-31', '2026-01-31'],
  ['privacy.retentionDays', 'days-or-ever', '', false],
  ['privacy.retentionDays', 'days-or-ever', '400', 400],
  ['consent.respectGpc', 'switch', 'false', false],
  ['value.currency', 'currency', ' usd', 'USD'],
  ['tracking.origins', 'lines', '', null],
  [
    'tracking.origins',
    'lines',
    ' https://a.example \n\nhttps://b.example',
    ['https://a.example', 'https://b.example'],
  ],
  ['value.rates', 'rates', 'usd = 0,92\nGBP 1.17\nCHF', { USD: 0.92, GBP: 1.17, CHF: '' }],
  ['value.rates', 'rates', '', {}],
  ['tiers.names', 'names', ['A ', 'B', 'C'], ['A', 'B', 'C']],
  ['tiers.cuts', 'shares', ['10', '29', '60'], [0.1, 0.29, 0.6]],
  ['tiers.cuts', 'limits', ['1000', '250', ''], [1000, 250, '']],
])('%s as %s, typed %j, is sent as it is meant', ([path, kind, typed, sent]) => {
  expect(sentOf(path, kind, typed)).toEqual(sent);
});

test.for<[kind: FieldKind, value: unknown]>([
  ['percent', 0.07],
  ['percent', 0.29],
  ['number', 3.5],
  ['days-or-ever', false],
  ['rates', { USD: 0.92, JPY: 0.0061 }],
  ['lines', ['https://a.example']],
  ['shares', [0.1, 0.29, 0.57]],
  ['switch', true],
])('%s: what stands in the field of %j is that value again', ([kind, value]) => {
  expect(sentOf('targets.ratio', kind, typedOf(kind, value))).toEqual(value);
});
