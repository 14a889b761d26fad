import { expect, test } from 'vitest';
import { chooseSnapshot, type Snapshot } from '../../../server/src/ranking/snapshots/latest';

const snapshot = (landmark: string, channel: string, ranked: number) =>
  ({ head: { landmark, channel }, summary: { ranked } }) as Snapshot;

test('what was read before the first order is shown once it says anything of any item', () => {
  const snapshots = [
    snapshot('first-order', '', 0),
    snapshot('all', '', 4),
    snapshot('first-order', 'ads', 1),
  ];
  expect(chooseSnapshot(snapshots, { channel: '' })?.head.landmark).toBe('all');
  expect(chooseSnapshot(snapshots, { channel: 'ads' })?.head.landmark).toBe('first-order');
  expect(chooseSnapshot(snapshots, { channel: '', landmark: 'first-order' })?.head.landmark).toBe(
    'first-order',
  );
});

test('a landmark or channel that was not computed gives nothing, and so does a time before the first run', () => {
  const snapshots = [snapshot('first-order', '', 0)];
  expect(chooseSnapshot(snapshots, { channel: '' })?.head.landmark).toBe('first-order');
  expect(chooseSnapshot(snapshots, { channel: 'ads' })).toBeNull();
  expect(chooseSnapshot(snapshots, { channel: '', landmark: '2020-01-01' })).toBeNull();
  expect(chooseSnapshot([], { channel: '' })).toBeNull();
});
