import { describe, expect, it } from 'vitest';
import { historyOfPeople, peopleOf, simulateWorld } from '../../../server/src/ranking/models/simulate/world';
import { logValue } from '../../support/effect-sums';
import { trueEffects } from '../../support/simulated-truth';
import { differenceOfMeans } from './difference-of-means';
import { joinedTable } from './direct';

const CUSTOMERS = 8000;
const options = { customers: CUSTOMERS, contents: 20, seed: 11, confounding: 0 };
const MIDDLE = { at: Date.UTC(2025, 0, 1) };

function worldWith(changes: { confounding?: number; trueShare?: number; prospects?: number }) {
  const world = simulateWorld({ ...options, ...changes });
  return { world, people: peopleOf(world, CUSTOMERS) };
}

describe('the truth on the scale of the excess', () => {
  const { world, people } = worldWith({});
  const truth = trueEffects(world, people, 'first-order', 1);

  it('is what a plain comparison finds where nothing is hidden', () => {
    const { values, exposed } = joinedTable(historyOfPeople(people, 20), 'first-order');
    world.items.forEach(({ effect }, content) => {
      const found = differenceOfMeans(values.map(logValue), exposed[content]!);
      expect(Math.abs(found.difference - truth.effects[content]!)).toBeLessThan(4 * found.standardError);
      if (effect > 0) expect(truth.effects[content]!).toBeGreaterThan(5 * found.standardError);
      else expect(truth.effects[content]).toBe(0);
    });
  });

  it('is the same for readers and others when they do not differ, and smaller for readers when they buy more', () => {
    const hidden = worldWith({ confounding: 1 });
    const apart = trueEffects(hidden.world, hidden.people, 'first-order', 1);
    world.items.forEach(({ effect, reach }, content) => {
      if (effect === 0 || reach < 0.06) return;
      expect(Math.abs(truth.onExposed[content]! / truth.onUnexposed[content]! - 1)).toBeLessThan(0.1);
      expect(apart.onExposed[content]!).toBeLessThan(apart.onUnexposed[content]!);
      expect(apart.effects[content]!).toBeGreaterThan(0.9 * apart.onExposed[content]!);
      expect(apart.effects[content]!).toBeLessThan(apart.onUnexposed[content]!);
    });
  });

  it('counts at a date only what comes from it on, and readings that came too late to have an effect', () => {
    const half = worldWith({ prospects: 0.3 });
    const dated = trueEffects(half.world, half.people, MIDDLE, 1);
    const { values, exposed } = joinedTable(historyOfPeople(half.people, 20), MIDDLE.at);
    half.world.items.forEach((_, content) => {
      const found = differenceOfMeans(values.map(logValue), exposed[content]!);
      expect(Math.abs(found.difference - dated.effects[content]!)).toBeLessThan(4 * found.standardError);
    });
  });

  it('gives the excess above the median item, and the same for the same seed', () => {
    expect(trueEffects(world, people, 'first-order', 1)).toEqual(truth);
    expect(truth.excesses).toEqual(truth.effects);
    const most = worldWith({ trueShare: 0.7 });
    const { effects, excesses } = trueEffects(most.world, most.people, 'first-order', 1);
    expect(Math.max(...effects) - Math.max(...excesses)).toBeGreaterThan(0.1);
    expect(Math.min(...excesses)).toBeLessThan(-0.1);
  });
});
