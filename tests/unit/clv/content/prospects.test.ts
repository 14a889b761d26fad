import { describe, expect, it } from 'vitest';
import {
  fitProspects,
  Past,
  type ProspectCase,
  prospectFeatures,
  ReadingFeatures,
  scoreProspect,
} from '../../../../server/src/clv/models/content';
import { simulateWorld } from '../../../../server/src/ranking/models/simulate/world';
import { casesOfWorld } from '../../../support/content-cases';

const DAY = 86_400_000;
const at = Date.UTC(2024, 0, 1) + 548 * DAY;
const end = Date.UTC(2024, 0, 1) + 730 * DAY;
const options = { customers: 2500, contents: 20, seed: 3, confounding: 0, prospects: 1, reading: 1 };
const { prospects } = casesOfWorld(simulateWorld(options), 2500, { at, end });

function fitted(cases: ProspectCase[]) {
  const result = fitProspects(cases);
  if ('notEnough' in result) throw new Error(`not enough: ${JSON.stringify(result.notEnough)}`);
  return result;
}

describe('content-aware prediction for prospects', () => {
  const { model, report } = fitted(prospects);

  it('tells who buys and what they are worth, where reading tells of it', () => {
    const { buys } = report;
    expect(report.n).toBe(prospects.length);
    expect(report.buyers).toBe(prospects.filter(({ outcome }) => outcome > 0).length);
    expect(buys.auc.with).toBeGreaterThan(buys.auc.without);
    expect((buys.aucChange as { low: number }).low).toBeGreaterThan(0);
    expect((buys.brierChange as { high: number }).high).toBeLessThan(0);
    expect((report.giniChange as { low: number }).low).toBeGreaterThan(0);
    expect((report.devianceChange as { high: number }).high).toBeLessThan(0);
    expect(model.buys.used && model.value.used && report.used).toBe(true);
    expect(JSON.stringify({ model, report })).not.toMatch(/NaN|Infinity/);
  });

  it('says chances as they come true', () => {
    for (const { predicted, actual, low, high } of report.buys.calibration) {
      expect(Math.abs(predicted - actual)).toBeLessThan(high! - low! + 0.01);
    }
    expect(Math.abs(report.with.bias!)).toBeLessThan(0.1);
  });

  it('names the topic that the world has for a signal', () => {
    const { topics } = simulateWorld(options);
    const up = topics.find(({ effect }) => effect > 0)!.topic;
    const signal = report.buys.signals.find(({ key }) => key === `topicShare:${up}`)!;
    expect(signal).toMatchObject({ name: up, group: 'topic' });
    expect(signal.low).toBeGreaterThan(1);
  });

  it('scores one prospect from its JSON, probability × value', () => {
    const stored = JSON.parse(JSON.stringify(model));
    const reading = new ReadingFeatures(stored.vocabulary);
    const scores = prospects.map(({ past }) =>
      scoreProspect(stored, prospectFeatures(past, stored.vocabulary), reading.of(past)),
    );
    const chances = scores.reduce((sum, { buys }) => sum + buys, 0);
    expect(chances / report.buyers).toBeCloseTo(1, 4);
    for (const { buys, value, expected } of scores.slice(0, 50)) {
      expect(buys > 0 && buys < 1).toBe(true);
      expect(expected).toBeCloseTo(buys * value, 9);
    }
  });

  it('gains nothing when reading is dealt out to other people', () => {
    const shuffled = prospects.map(({ outcome }, i) => ({
      outcome,
      past: prospects[(i + 777) % prospects.length]!.past,
    }));
    const { model, report } = fitted(shuffled);
    expect(model.buys.used || model.value.used).toBe(false);
    expect(report.buys.brier.with / report.buys.brier.without).toBeLessThan(1.01);
    expect(report.with.rmse / report.without.rmse).toBeLessThan(1.01);
  });
});

describe('too few prospects', () => {
  it.each([
    ['few people', prospects.slice(0, 100), { has: 100, needs: 200, of: 'people' }],
    [
      'nobody who brings anything',
      prospects.map(({ past }, i) => ({ past, outcome: 0, bought: i % 2 === 0 })),
      { has: 0, needs: 50, of: 'customers' },
    ],
    [
      'nobody who buys',
      prospects.map(({ past }) => ({ past, outcome: 0 })),
      { has: 0, needs: 50, of: 'customers' },
    ],
    [
      'everybody who buys',
      prospects.map(({ past }) => ({ past, outcome: 9 })),
      { has: 0, needs: 50, of: 'customers' },
    ],
  ])('are told of: %s', (_, cases, notEnough) => {
    expect(fitProspects(cases)).toEqual({ notEnough });
  });

  it('are those who read and did not buy; others are passed over', () => {
    const order = [{ at: at - DAY, value: 5 }];
    const customers = prospects.map(({ past, outcome }) => ({
      outcome,
      past: Past.of({ touches: past.touches, orders: order }, at),
    }));
    const nobody = { outcome: 3, past: Past.of({ touches: [], orders: [] }, at) };
    expect(fitProspects([...customers, nobody])).toEqual({ notEnough: { has: 0, needs: 200, of: 'people' } });
  });
});
