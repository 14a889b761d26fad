import { describe, expect, test } from 'vitest';
import { armFor, strategyOf } from '../../../../server/src/activation/experiments/allocate';
import { meetings } from '../../../../server/src/activation/experiments/meetings';
import type { NewAssignment, RunningExperiment } from '../../../../server/src/activation/experiments/types';
import { armOf } from '../../../../server/src/activation/models/experiments/arms';

const met = (unitId: string, arm = 'a'): NewAssignment => ({
  experimentId: 'e',
  unitKind: 'visitor',
  unitId,
  arm,
  assignedAt: 1,
});

describe('meetings that wait', () => {
  test('are each kept once, with the arm of the first', () => {
    const waiting = meetings(10);
    waiting.add(met('v'));
    waiting.add(met('v', 'b'));
    expect(waiting.take()).toEqual([met('v')]);
  });

  test('are bounded; what finds no room is counted', () => {
    const waiting = meetings(2);
    for (const unit of ['u', 'v', 'w', 'x']) waiting.add(met(unit));
    expect(waiting.size()).toBe(2);
    expect(waiting.takeDropped()).toBe(2);
    expect(waiting.takeDropped()).toBe(0);
  });

  test('are known until they are written, and wait again when they cannot be', () => {
    const waiting = meetings(10);
    waiting.add(met('v'));
    waiting.take();
    waiting.add(met('v', 'b'));
    expect(waiting.find('e', 'visitor', 'v')?.arm).toBe('a');
    waiting.putBack();
    expect(waiting.take()).toEqual([met('v')]);
    waiting.written();
    expect(waiting.find('e', 'visitor', 'v')).toBeUndefined();
  });
});

describe('the arm of somebody', () => {
  const experiment: RunningExperiment = {
    id: 'e',
    surface: 'recommendations',
    salt: 's',
    design: {
      holdout: 0.5,
      variants: [{ arm: 'a', strategy: 'popular', weight: 1 }],
      segmentId: null,
      horizon: 'sequential',
      days: null,
      alpha: 0.05,
    },
    startedAt: 0,
    endsAt: null,
  };
  const nobody = new Set<string>();
  const other = (arm: string) => (arm === 'a' ? 'holdout' : 'a');

  test('is the one that any of their browsers met first, else that of the hash', () => {
    const drawn = armOf(experiment, 'p');
    expect(armFor(experiment, 'p', [], nobody)).toBe(drawn);
    const known = [
      { ...met('late', drawn), assignedAt: 20 },
      { ...met('early', other(drawn)), assignedAt: 10 },
      { ...met('elsewhere', drawn), experimentId: 'another', assignedAt: 1 },
    ];
    expect(armFor(experiment, 'p', known, nobody)).toBe(other(drawn));
  });

  test('is none outside of the segment, but stays with those who leave it', () => {
    const narrow = { ...experiment, design: { ...experiment.design, segmentId: 'gold' } };
    expect(armFor(narrow, 'p', [], nobody)).toBeNull();
    expect(armFor(narrow, 'p', [], new Set(['gold']))).not.toBeNull();
    expect(armFor(narrow, 'p', [met('p', 'a')], nobody)).toBe('a');
  });

  test('says how items are ordered: the newest first for those who are held out', () => {
    expect(strategyOf(experiment.design, 'holdout')).toBe('newest');
    expect(strategyOf(experiment.design, 'a')).toBe('popular');
    expect(strategyOf(experiment.design, 'gone')).toBeNull();
  });
});
