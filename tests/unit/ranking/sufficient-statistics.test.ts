import { describe, expect, it } from 'vitest';
import { association } from '../../../server/src/ranking/models/association';
import { exposuresOf, type History, personsOf } from '../../../server/src/ranking/models/history';
import { exposedPlaces, itemSums } from '../../../server/src/ranking/models/item-sums';
import { population } from '../../../server/src/ranking/models/population';
import { scopeOf } from '../../../server/src/ranking/models/scope';
import { samplePoisson } from '../../../server/src/stats/sample-poisson';
import { type Random, seededRandom } from '../../../server/src/stats/seeded-random';
import { directly, joinedTable } from './direct';

const DAYS = 60;
const whole = (random: Random, below: number) => Math.floor(random() * below);

/** A small world full of what is awkward: ties, zeros, refunds, equal moments, people without orders, untouched items. */
function randomHistory(seed: number): History {
  const random = seededRandom(seed);
  const persons = 2 + whole(random, 70);
  const contents = 1 + whole(random, 6);
  const coarse = random() < 0.5 ? 500 : 1;
  const history: History = { persons, contents, touches: [], orders: [] };
  for (let person = 0; person < persons; person++) {
    for (let i = samplePoisson(random, 2); i > 0; i--) {
      history.touches.push({ person, content: whole(random, contents), at: whole(random, DAYS) });
    }
    for (let i = samplePoisson(random, 0.8); i > 0; i--) {
      const value = whole(random, 3000 / coarse) * coarse - (random() < 0.1 ? 3000 : 0);
      history.orders.push({ person, at: whole(random, DAYS), value, refund: value < 0 });
    }
  }
  return history;
}

function expectSame(actual: number | null, expected: number, what: string) {
  if (!Number.isFinite(expected)) expect(actual, what).toBeNull();
  else expect(Math.abs(actual! - expected) / Math.max(1, Math.abs(expected)), what).toBeLessThan(1e-9);
}

describe('figures from sums', () => {
  it.each(['all', 'first-order', 20, 45] as const)(
    'equal those of the joined table to 1e-9 in 150 random worlds with the landmark %s',
    (landmark) => {
      let compared = 0;
      for (let seed = 1; seed <= 150; seed++) {
        const history = randomHistory(seed);
        const division = typeof landmark === 'number' ? { at: landmark } : landmark;
        const persons = personsOf(history, division);
        const exposures = exposuresOf(history);
        const scope = scopeOf(persons, exposures, division);
        const table = joinedTable(history, landmark);
        expect(scope.population.size).toBe(table.values.length);
        for (let item = 0; item < history.contents; item++) {
          const exposed = exposedPlaces(scope, exposures, item);
          const sums = itemSums(scope, exposed, persons, exposures, item);
          const figures = association(scope.population, sums);
          const { mannWhitney, rankBiserial, ...expected } = directly(table.values, table.exposed[item]!);
          const where = `seed ${seed}, item ${item}`;
          for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
            expectSame(figures[name], expected[name], `${name}, ${where}`);
          }
          expectSame(figures.pValue, mannWhitney, `pValue, ${where}`);
          if (scope.population.rankSquares > 0)
            expectSame(figures.rankBiserial, rankBiserial, `rankBiserial, ${where}`);
          else expect(figures.rankBiserial).toBeNull();
          if (figures.rho !== null) compared++;
        }
      }
      expect(compared).toBeGreaterThan(200);
    },
  );

  it('are exact but for medians, which are off by at most a bin, where there are many values', () => {
    const random = seededRandom(77);
    const values = Array.from({ length: 3000 }, () => Math.floor(random() * 1_000_000));
    const people = population(values);
    const exposed = Int32Array.from(values.keys()).filter(() => random() < 0.2);
    const sums = {
      exposed: exposed.length,
      rankSum: 0,
      deviationSum: 0,
      deviationSquares: 0,
      exposedByBin: new Uint32Array(people.bins.length),
      readers: 0,
      readersAlreadyCustomers: 0,
    };
    for (const place of exposed) {
      sums.rankSum += people.midRanks[place]!;
      sums.deviationSum += people.deviations[place]!;
      sums.deviationSquares += people.deviations[place]! ** 2;
      sums.exposedByBin[people.binOf[place]!]!++;
    }
    const figures = association(people, sums);
    const direct = directly(
      values,
      values.map((_, i) => (exposed.includes(i) ? 1 : 0)),
    );
    expect(Math.abs(figures.rho! - direct.rho)).toBeLessThan(1e-9);
    expect(figures.pValue).toBeCloseTo(direct.mannWhitney, 9);
    expect(people.bins).toHaveLength(512);
    const width = Math.max(...people.bins.map(({ min, max }) => max - min));
    expect(Math.abs(figures.medianExposed! - direct.medianExposed)).toBeLessThanOrEqual(width);
  });
});

describe('a population', () => {
  it('has a bin for each value while there are at most 512 of them', () => {
    const people = population([5, 0, 0, 7, 5, -2]);
    expect(people.bins).toEqual([
      { min: -2, max: -2, count: 1 },
      { min: 0, max: 0, count: 2 },
      { min: 5, max: 5, count: 2 },
      { min: 7, max: 7, count: 1 },
    ]);
    expect(Array.from(people.binOf)).toEqual([2, 1, 1, 3, 2, 0]);
    expect(Array.from(people.midRanks)).toEqual([4.5, 2.5, 2.5, 6, 4.5, 1]);
    expect(people).toMatchObject({ size: 6, withValue: 3, mean: 2.5, ties: 12 });
  });

  it('covers everyone with ordered bins however many values there are', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 5000 }, () => (random() < 0.4 ? 0 : Math.floor(random() ** 4 * 1e6)));
    const { bins, binOf } = population(values);
    expect(bins.length).toBeLessThanOrEqual(512);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
    for (let i = 1; i < bins.length; i++) expect(bins[i]!.min).toBeGreaterThan(bins[i - 1]!.max);
    values.forEach((value, i) => {
      const { min, max } = bins[binOf[i]!]!;
      expect(value >= min && value <= max).toBe(true);
    });
    expect(bins[0]).toEqual({ min: 0, max: 0, count: values.filter((value) => value === 0).length });
  });

  it('may be empty', () => {
    expect(population([])).toMatchObject({ size: 0, mean: 0, bins: [], rankSquares: 0 });
  });
});
