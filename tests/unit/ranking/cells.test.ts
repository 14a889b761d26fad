import { describe, expect, it } from 'vitest';
import { type Cells, cellsOf } from '../../../server/src/ranking/models/cells';
import type { Trait } from '../../../server/src/ranking/models/traits';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const trait = (name: string, values: Float64Array): Trait => ({
  name,
  values,
  without: values,
  total: 0,
  totalSquares: 0,
});

/** Many persons who read a few items each, and some who read very many. */
function people(size: number, seed = 1) {
  const random = seededRandom(seed);
  const items = Int32Array.from({ length: size }, () => Math.floor(-6 * Math.log(1 - random())));
  const tenure = Float64Array.from(items, () => sampleNormal(random));
  const outcome = Float64Array.from(items, (n, i) => 0.1 * n + tenure[i]! + sampleNormal(random));
  const reading = trait('reading', Float64Array.from(items, Math.log1p));
  return { items, tenure, outcome, traits: [reading, trait('tenure', tenure)] };
}

function membersOf({ count, of }: Cells): number[][] {
  const members = Array.from({ length: count }, () => [] as number[]);
  of.forEach((cell, place) => {
    members[cell]!.push(place);
  });
  return members;
}

describe('cells', () => {
  it('hold people who read as much: the same number while that is small, close ones above', () => {
    const { items, traits, outcome } = people(20_000);
    const ranges = membersOf(cellsOf(items, traits, outcome)).map((places) => {
      const counts = places.map((place) => items[place]!);
      return [Math.min(...counts), Math.max(...counts), places.length];
    });
    for (const [low, high, members] of ranges as [number, number, number][]) {
      expect(members).toBeGreaterThan(0);
      if (low < 8) expect(high).toBe(low);
      else if (low < 20) expect(high / low).toBeLessThan(1.3);
    }
    expect(ranges.length).toBeGreaterThan(50);
  });

  it('put whoever read an item where people with one item fewer are', () => {
    const { items, traits, outcome } = people(20_000);
    const { of, without } = cellsOf(items, traits, outcome);
    const fewer = new Map<string, number>();
    const prognoses = 5;
    of.forEach((cell, place) => {
      fewer.set(`${items[place]} ${cell % prognoses}`, cell);
    });
    let checked = 0;
    items.forEach((count, place) => {
      const expected = count === 0 ? of[place] : fewer.get(`${count - 1} ${of[place]! % prognoses}`);
      if (expected === undefined) return;
      checked++;
      expect(without[place]).toBe(expected);
    });
    expect(checked).toBeGreaterThan(15_000);
  });

  it('divide people who read as much by what their other traits say of the outcome', () => {
    const { items, tenure, traits, outcome } = people(6000);
    const groups = membersOf(cellsOf(items, traits, outcome)).slice(0, 5);
    const means = groups.map((places) => places.reduce((sum, p) => sum + tenure[p]!, 0) / places.length);
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    expect(means[4]! - means[0]!).toBeGreaterThan(2);
  });

  it('go by no trait that says nothing, whatever its unit, and do not depend on the order of persons', () => {
    const { items, tenure, traits, outcome } = people(6000);
    const scaled = [
      traits[0]!,
      trait(
        'tenure',
        tenure.map((value) => 1000 * value + 5),
      ),
    ];
    expect(cellsOf(items, scaled, outcome)).toEqual(cellsOf(items, traits, outcome));
    const back = <Values extends Int32Array | Float64Array>(values: Values) => values.slice().reverse();
    const reversed = cellsOf(
      back(items) as Int32Array,
      traits.map(({ name, values }) => trait(name, back(values) as Float64Array)),
      back(outcome) as Float64Array,
    );
    const { of } = cellsOf(items, traits, outcome);
    const moved = reversed.of.filter((cell, place) => cell !== of[of.length - 1 - place]).length;
    // Rounding may move who stands on a border.
    expect(moved).toBeLessThanOrEqual(4);
  });

  it('are large enough to compare in: 25 persons who read as much at least, and one group for a handful', () => {
    for (const size of [10, 200, 900]) {
      const { items, traits, outcome } = people(size);
      const { count, of } = cellsOf(items, traits, outcome);
      const reading = new Map<string, number>();
      of.forEach((cell) => {
        reading.set(String(cell), (reading.get(String(cell)) ?? 0) + 1);
      });
      if (size === 10) expect(count).toBe(1);
      expect(size / count).toBeGreaterThan(size === 10 ? 9 : 8);
    }
    expect(cellsOf(new Int32Array(0), [], new Float64Array(0)).of).toHaveLength(0);
  });
});
