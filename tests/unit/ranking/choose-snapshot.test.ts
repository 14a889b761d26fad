import { expect, test } from 'vitest';
import { chooseSnapshot, type Snapshot } from '../../../server/src/ranking/snapshots/latest';

const snapshot = (landmark: string, slice: string, ranked: number) =>
  ({ head: { landmark, sliceOf: slice && 'channel', slice }, summary: { ranked } }) as Snapshot;
const ads = { of: 'channel', value: 'ads' };

test('what was read before the first order is shown once it says anything of any item', () => {
  const snapshots = [
    snapshot('first-order', '', 0),
    snapshot('all', '', 4),
    snapshot('first-order', 'ads', 1),
  ];
  expect(chooseSnapshot(snapshots, {})?.head.landmark).toBe('all');
  expect(chooseSnapshot(snapshots, { slice: ads })?.head.landmark).toBe('first-order');
  expect(chooseSnapshot(snapshots, { landmark: 'first-order' })?.head.landmark).toBe('first-order');
});

test('a landmark or slice that was not computed gives nothing, and so does a time before the first run', () => {
  const snapshots = [snapshot('first-order', '', 0)];
  expect(chooseSnapshot(snapshots, {})?.head.landmark).toBe('first-order');
  expect(chooseSnapshot(snapshots, { slice: ads })).toBeNull();
  expect(chooseSnapshot(snapshots, { landmark: '2020-01-01' })).toBeNull();
  expect(chooseSnapshot([], {})).toBeNull();
});
