import { describe, expect, it } from 'vitest';
import { CellComparison } from '../../../server/src/ranking/models/adjusted';
import { refusalOf } from '../../../server/src/ranking/models/refusal';
import { leastSquares } from '../../../server/src/stats/least-squares';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const NEVER = Number.NEGATIVE_INFINITY;
const ints = (...values: number[]) => Int32Array.from(values);
const floats = (...values: number[]) => Float64Array.from(values);

/*
 * Two cells. Places 3, 4 and 5 touched the item: without it, 3 and 4 belong to the first cell, among 0, 1 and 2, and 5 to
 * the second, among 6 and 7.
 */
const CELLS = { count: 2, of: ints(0, 0, 0, 1, 1, 1, 1, 1), without: ints(0, 0, 0, 0, 0, 1, 1, 1) };
const VALUES = floats(1, 2, 3, 6, 8, 9, 4, 6);
const EXPOSED = ints(3, 4, 5);

function comparison({ without = VALUES, lastActiveAt = new Float64Array(8) } = {}) {
  return new CellComparison(CELLS, [{ values: VALUES, without }], lastActiveAt);
}

describe('a comparison within cells', () => {
  it('is that by hand: those exposed among the people they belong to without the item', () => {
    const { differences, overlap, effective, withoutMatch } = comparison().compare(EXPOSED, NEVER);
    // Cell 1: 2 with a mean of 7 against 3 with 2; cell 2: 1 with 9 against 2 with 5. Weights n₁n₀ / (n₁ + n₀).
    const [w1, w2] = [6 / 5, 2 / 3];
    expect(overlap).toBeCloseTo(w1 + w2, 12);
    expect(differences[0]!.difference).toBeCloseTo((w1 * 5 + w2 * 4) / (w1 + w2), 12);
    // Variances of the others are 1 and 2; those exposed vary twice as much as the others where both can be told (cell 1).
    const variance = w1 ** 2 * (2 / 2 + 1 / 3) + w2 ** 2 * ((2 * 2) / 1 + 2 / 2);
    expect(differences[0]!.standardError).toBeCloseTo(Math.sqrt(variance) / (w1 + w2), 12);
    // Each of those exposed weighs n₀ / (n₁ + n₀), each of the others n₁ / (n₁ + n₀).
    expect(effective.exposed).toBeCloseTo((w1 + w2) ** 2 / (2 * 0.6 ** 2 + (2 / 3) ** 2), 12);
    expect(effective.unexposed).toBeCloseTo((w1 + w2) ** 2 / (3 * 0.4 ** 2 + 2 * (1 / 3) ** 2), 12);
    expect(withoutMatch).toBe(0);
  });

  it('takes what depends on the number of items as it would be without the item', () => {
    const without = VALUES.map((value) => value - 1);
    const [one, other] = [comparison(), comparison({ without })].map((of) => of.compare(EXPOSED, NEVER));
    expect(other!.differences[0]!.difference).toBeCloseTo(one!.differences[0]!.difference - 1, 12);
  });

  it('leaves out who was last seen before the item came out, and had no opportunity', () => {
    // Place 0 was gone by then; place 1 was last seen in the moment itself.
    const lastActiveAt = floats(9, 10, 20, 20, 20, 20, 20, 20);
    const [late] = comparison({ lastActiveAt }).compare(EXPOSED, 10).differences;
    const [w1, w2] = [(2 * 2) / 4, 2 / 3];
    expect(late!.difference).toBeCloseTo((w1 * (7 - 2.5) + w2 * 4) / (w1 + w2), 12);
    const [early] = comparison({ lastActiveAt }).compare(EXPOSED, 9).differences;
    expect(early).toEqual(comparison().compare(EXPOSED, NEVER).differences[0]);
  });

  it('asks nothing of cells with one kind of person, and counts whom nobody is like', () => {
    const gone = floats(0, 0, 0, 20, 20, 20, 20, 20);
    const { differences, withoutMatch, overlap } = comparison({ lastActiveAt: gone }).compare(EXPOSED, 10);
    expect(withoutMatch).toBe(2);
    expect(overlap).toBeCloseTo(2 / 3, 12);
    expect(differences[0]!.difference).toBeCloseTo(4, 12);
  });

  it('says nothing where nobody is left', () => {
    const none = comparison({ lastActiveAt: floats(0, 0, 0, 20, 20, 20, 0, 0) }).compare(EXPOSED, 10);
    expect(none).toMatchObject({ overlap: 0, withoutMatch: 3, effective: { exposed: 0, unexposed: 0 } });
    expect(refusalOf(none)).toBe('no overlap');
  });

  it('is refused below 15 persons of equal weight on a side, or 50 together', () => {
    const of = (exposed: number, unexposed: number) =>
      refusalOf({ differences: [], overlap: 1, withoutMatch: 0, effective: { exposed, unexposed } });
    expect([of(15, 35), of(200, 15)]).toEqual([null, null]);
    expect([of(14.9, 500), of(500, 14.9), of(24, 25)]).toEqual(Array(3).fill('little overlap'));
  });
});

describe('overlap weights', () => {
  const random = seededRandom(3);
  const of = Int32Array.from({ length: 600 }, () => Math.floor(6 * random()));
  const isExposed = of.map((cell) => Number(random() < 0.1 + 0.12 * cell));
  const values = Float64Array.from(of, (cell, i) => cell + 0.5 * isExposed[i]! + sampleNormal(random));
  const exposed = Int32Array.from(of.keys()).filter((place) => isExposed[place] === 1);
  const cells = { count: 6, of, without: of };
  const compare = (order: number[]) => {
    const places = Int32Array.from(order);
    const placeOf = new Map(order.map((place, i) => [place, i]));
    const moved = { count: 6, of: places.map((p) => of[p]!), without: places.map((p) => of[p]!) };
    const column = Float64Array.from(order, (place) => values[place]!);
    return new CellComparison(moved, [{ values: column, without: column }], new Float64Array(600)).compare(
      exposed.map((place) => placeOf.get(place)!).sort(),
      NEVER,
    );
  };

  it('make the difference that of least squares with an intercept for each cell', () => {
    const indicators = [1, 2, 3, 4, 5].map((cell) => Float64Array.from(of, (own) => Number(own === cell)));
    const [coefficient] = leastSquares([Float64Array.from(isExposed), ...indicators], values);
    const found = new CellComparison(cells, [{ values, without: values }], new Float64Array(600));
    // Our least squares hold a trace of a ridge.
    expect(found.compare(exposed, NEVER).differences[0]!.difference).toBeCloseTo(coefficient!, 4);
  });

  it('balance the cells themselves exactly', () => {
    const column = Float64Array.from(of);
    const comparison = new CellComparison(
      cells,
      [{ values: column, without: column }],
      new Float64Array(600),
    );
    expect(comparison.compare(exposed, NEVER).differences[0]!.difference).toBeCloseTo(0, 12);
  });

  it('give the same in whatever order persons stand', () => {
    const order = [...of.keys()];
    const [one, other] = [order, order.toReversed()].map(compare);
    expect(other!.differences[0]!.difference).toBeCloseTo(one!.differences[0]!.difference, 10);
    expect(other!.differences[0]!.standardError).toBeCloseTo(one!.differences[0]!.standardError, 10);
  });
});

describe('a standard error', () => {
  it('is how much estimates scatter, with few exposed persons in each cell who vary more than others', () => {
    const found = Array.from({ length: 400 }, (_, world) => {
      const random = seededRandom(7, world);
      const of = Int32Array.from({ length: 1200 }, (_, place) => place % 30);
      const marks = of.map((cell) => Number(random() < 0.02 + 0.004 * cell));
      const values = Float64Array.from(of, (cell, i) => cell + (marks[i] ? 2 : 1) * sampleNormal(random));
      const exposed = Int32Array.from(of.keys()).filter((place) => marks[place] === 1);
      const cells = { count: 30, of, without: of };
      const comparison = new CellComparison(cells, [{ values, without: values }], new Float64Array(1200));
      return comparison.compare(exposed, NEVER).differences[0]!;
    });
    const spread = Math.sqrt(found.reduce((sum, { difference }) => sum + difference ** 2, 0) / found.length);
    const told = Math.sqrt(
      found.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / found.length,
    );
    // The spread of 400 draws is known to 3.5 % (one standard error).
    expect(Math.abs(told / spread - 1)).toBeLessThan(0.12);
  });
});
