import { describe, expect, it } from 'vitest';
import { CellComparison } from '../../../server/src/ranking/models/adjusted';
import { type EffectItem, effectsOf, excessesOf } from '../../../server/src/ranking/models/effects';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const PERSONS = 4000;
const EFFECT = 1;

/** Item 0 has an effect, item 1 has none but is mostly read by readers of item 0; the other items are ordinary. */
function world(seed: number, items = 20) {
  const random = seededRandom(seed);
  const readers = Array.from({ length: items }, () => [] as number[]);
  const outcome = new Float64Array(PERSONS);
  for (let place = 0; place < PERSONS; place++) {
    const first = random() < 0.15;
    const reads = [first, random() < (first ? 0.6 : 0.1)];
    for (let item = 2; item < items; item++) reads.push(random() < 0.05 + 0.01 * item);
    reads.forEach((read, item) => {
      if (read) readers[item]!.push(place);
    });
    outcome[place] = (first ? EFFECT : 0) + sampleNormal(random);
  }
  const one = new Int32Array(PERSONS);
  const cells = { count: 1, of: one, without: one };
  const list = readers.map(
    (places): EffectItem => ({
      exposed: Int32Array.from(places),
      outSince: Number.NEGATIVE_INFINITY,
    }),
  );
  return { list, outcome, cells, lastActiveAt: new Float64Array(PERSONS) };
}

describe('the effects of items', () => {
  it('give no credit to an item that is read with a remarkable one', () => {
    const { list, outcome, cells, lastActiveAt } = world(1);
    const alone = new CellComparison(cells, [{ values: outcome, without: outcome }], lastActiveAt);
    const [beside] = alone.compare(list[1]!.exposed, Number.NEGATIVE_INFINITY).differences;
    expect(beside!.difference).toBeGreaterThan(5 * beside!.standardError);
    const { effects, typical } = effectsOf(list, outcome, cells, lastActiveAt);
    expect(Math.abs(effects[1]!.difference)).toBeLessThan(3 * effects[1]!.standardError);
    expect(Math.abs(effects[0]!.difference - EFFECT)).toBeLessThan(3 * effects[0]!.standardError);
    expect(typical!.ordinary).toBeGreaterThan(0.85);
    const [remarkable, coRead] = excessesOf(list, { effects, typical });
    expect(remarkable!.pValue).toBeLessThan(1e-10);
    expect(coRead!.pValue).toBeGreaterThan(0.01);
  });

  it('are those of the comparison alone where too few items tell what is typical', () => {
    const { list, outcome, cells, lastActiveAt } = world(2, 10);
    const { effects, typical } = effectsOf(list, outcome, cells, lastActiveAt);
    const alone = new CellComparison(cells, [{ values: outcome, without: outcome }], lastActiveAt);
    expect(typical).toBeNull();
    list.forEach(({ exposed, outSince }, i) => {
      expect(effects[i]).toEqual(alone.compare(exposed, outSince).differences[0]);
    });
    const [excess] = excessesOf(list, { effects, typical });
    expect(excess).toMatchObject({ excess: effects[0]!.difference, typicalEffect: 0 });
  });

  it('are judged by those that were measured, where nobody of those compared for another is worth anything', () => {
    const { list, outcome, cells, lastActiveAt } = world(5, 18);
    const { typical: alone } = effectsOf(list, outcome, cells, lastActiveAt);
    // As many persons again, in a cell of their own: some read the last item, and nobody there is worth anything.
    const all = 2 * PERSONS;
    const of = Int32Array.from({ length: all }, (_, place) => Number(place >= PERSONS));
    const worth = new Float64Array(all);
    worth.set(outcome);
    const exposed = Int32Array.from({ length: 500 }, (_, i) => PERSONS + i);
    const items = [...list, { exposed, outSince: Number.NEGATIVE_INFINITY }];
    const found = effectsOf(items, worth, { count: 2, of, without: of }, new Float64Array(all));
    expect(found.effects.at(-1)).toEqual({ difference: 0, standardError: 0 });
    expect(found.typical!.items).toBe(18);
    expect(found.typical!.typical(400).effect).toBeCloseTo(alone!.typical(400).effect, 8);
    expect(excessesOf(items, found)[0]!.pValue).toBeLessThan(1e-10);
  });

  it('leave the outcome as it was, and are the same in whatever order items stand', () => {
    const { list, outcome, cells, lastActiveAt } = world(3);
    const before = outcome.slice();
    const { effects } = effectsOf(list, outcome, cells, lastActiveAt);
    const back = effectsOf(list.toReversed(), outcome, cells, lastActiveAt).effects.toReversed();
    expect(outcome).toEqual(before);
    back.forEach(({ difference, standardError }, i) => {
      expect(difference).toBeCloseTo(effects[i]!.difference, 8);
      expect(standardError).toBeCloseTo(effects[i]!.standardError, 8);
    });
  });

  it('are moved by nothing that all persons have in common', () => {
    const { list, outcome, cells, lastActiveAt } = world(4);
    const { effects } = effectsOf(list, outcome, cells, lastActiveAt);
    const raised = effectsOf(
      list,
      outcome.map((value) => value + 5),
      cells,
      lastActiveAt,
    );
    raised.effects.forEach(({ difference }, i) => {
      expect(difference).toBeCloseTo(effects[i]!.difference, 8);
    });
  });
});
