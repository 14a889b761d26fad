import { describe, expect, test } from 'vitest';
import { armOf, HOLDOUT, plannedShares } from '../../../../server/src/activation/models/experiments/arms';
import { uniformOf } from '../../../../server/src/activation/models/experiments/hash';
import { chiSquarePValue } from '../../../../server/src/stats/chi-square-p-value';

const UNITS = Array.from({ length: 40_000 }, (_, i) => `019${i.toString(16)}-unit`);
const design = {
  holdout: 0.1,
  variants: [
    { arm: 'a', weight: 1 },
    { arm: 'b', weight: 3 },
  ],
};

const chiSquare = (observed: number[], expected: number[]) =>
  observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);

describe('the hash', () => {
  test('is the same for the same text, and within (0, 1)', () => {
    expect(uniformOf('somebody')).toBe(uniformOf('somebody'));
    for (const text of ['', 'a', 'ab', '\u{1f600}']) {
      expect(uniformOf(text)).toBeGreaterThan(0);
      expect(uniformOf(text)).toBeLessThan(1);
    }
  });

  test('spreads units evenly, in its coarse and in its fine digits', () => {
    for (const digitsOf of [(u: number) => u, (u: number) => (u * 2 ** 30) % 1]) {
      const counts = new Array<number>(100).fill(0);
      for (const unit of UNITS) counts[Math.floor(100 * digitsOf(uniformOf(`salt ${unit}`)))]! += 1;
      const expected = counts.map(() => UNITS.length / 100);
      expect(chiSquarePValue(chiSquare(counts, expected), 99)).toBeGreaterThan(1e-4);
    }
  });
});

describe('arms', () => {
  test('have the planned shares', () => {
    const counts = new Map<string, number>();
    for (const unit of UNITS) {
      const arm = armOf({ salt: 's', design }, unit);
      counts.set(arm, (counts.get(arm) ?? 0) + 1);
    }
    const shares = plannedShares(design);
    expect(shares.map(({ share }) => share)).toEqual([0.1, 0.225, 0.675]);
    const observed = shares.map(({ arm }) => counts.get(arm)!);
    const expected = shares.map(({ share }) => share * UNITS.length);
    expect(chiSquarePValue(chiSquare(observed, expected), 2)).toBeGreaterThan(1e-4);
  });

  test.each([
    ['0', '1'],
    ['019a-1111', '019a-1112'],
  ])('of the salts %s and %s are independent', (one, other) => {
    const names = [HOLDOUT, 'a', 'b'];
    const table = names.map(() => names.map(() => 0));
    for (const unit of UNITS) {
      const row = names.indexOf(armOf({ salt: one, design }, unit));
      const column = names.indexOf(armOf({ salt: other, design }, unit));
      table[row]![column]! += 1;
    }
    const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0));
    const columns = names.map((_, c) => table.reduce((sum, row) => sum + row[c]!, 0));
    const expected = rows.flatMap((row) => columns.map((column) => (row * column) / UNITS.length));
    expect(chiSquarePValue(chiSquare(table.flat(), expected), 4)).toBeGreaterThan(1e-4);
  });

  test('keep everyone who is held out when more are, and leave the others where they were', () => {
    for (const unit of UNITS.slice(0, 5_000)) {
      const before = armOf({ salt: 's', design }, unit);
      const after = armOf({ salt: 's', design: { ...design, holdout: 0.3 } }, unit);
      if (after !== HOLDOUT) expect(after).toBe(before);
    }
  });

  test('move units to or from the arm alone whose weight changes', () => {
    const heavier = { ...design, variants: [design.variants[0]!, { arm: 'b', weight: 9 }] };
    const third = { ...design, variants: [...design.variants, { arm: 'c', weight: 2 }] };
    let moved = 0;
    for (const unit of UNITS.slice(0, 5_000)) {
      const before = armOf({ salt: 's', design }, unit);
      const after = armOf({ salt: 's', design: heavier }, unit);
      if (before !== after) expect([before, after]).toEqual(['a', 'b']);
      const withThird = armOf({ salt: 's', design: third }, unit);
      if (withThird !== 'c') expect(withThird).toBe(before);
      moved += Number(before !== after);
    }
    expect(moved).toBeGreaterThan(100);
  });

  test('without weight get nobody', () => {
    const none = {
      holdout: 0,
      variants: [
        { arm: 'a', weight: 1 },
        { arm: 'b', weight: 0 },
      ],
    };
    for (const unit of UNITS.slice(0, 1_000)) expect(armOf({ salt: 's', design: none }, unit)).toBe('a');
  });
});
