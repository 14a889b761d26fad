import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Numbering } from '../../../../server/src/cli/rank/numbering';
import {
  creditByEqualSplit,
  creditByMarkov,
  creditByRule,
  creditOrder,
  type Path,
  timeDecayWeights,
} from '../../../../server/src/ranking/models/attribution';

const folder = process.env.CLV_REFERENCE_DATA;
if (!folder) {
  console.info(
    'CLV_REFERENCE_DATA is not set (the folder with the reference data): worked examples of attribution are skipped',
  );
}

const DAY = 86_400_000;
const near = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThan(1e-9);

describe.skipIf(!folder)('the worked examples', () => {
  const file = path.join(folder ?? '', 'reference', 'attribution-examples.json');
  const reference = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const [byDay, daysBefore, bySteps] = reference?.time_decay_half_life_7d ?? [];

  it('are where CLV_REFERENCE_DATA says', () => {
    expect(reference, `${file} must hold the worked examples`).toBeDefined();
    expect(reference.time_decay_half_life_7d).toHaveLength(3);
  });

  it('agree on time decay by the day of the touch', () => {
    const touches = byDay.touch_day.map((day: number, content: number) => ({ content, at: day * DAY }));
    // The last touch is of the day of the order; here it comes just before.
    const order = { at: byDay.conversion_day * DAY + 1, amount: byDay.value };
    const credits = creditOrder({ touches, order }, 'time-decay');
    expect(credits).toHaveLength(5);
    credits.forEach(({ share }, i) => {
      near(byDay.value * share, byDay.credits_exact[i]);
    });
  });

  it('agree on time decay by days before the order', () => {
    const weights = timeDecayWeights(daysBefore.days_before);
    expect(weights).toHaveLength(4);
    weights.forEach((weight, i) => {
      near(weight, daysBefore.credits_exact[i]);
    });
  });

  it('agree on time decay by touches', () => {
    const one: Path = { items: [0, 1], conversions: bySteps.value, value: 0, nulls: 0 };
    const { conversions } = creditByRule([one], 'time-decay', bySteps.half_life_steps);
    expect(conversions).toHaveLength(2);
    conversions.forEach((credit, i) => {
      near(credit, bySteps.credits_exact[i]);
    });
  });

  it('agree on the Markov chain', () => {
    const { paths, base_conversion, removal, attributed } = reference.markov_toy_analyzecore;
    const numbering = new Numbering();
    const rows = paths.map(([steps, conversions, nulls]: [string, number, number]) => ({
      items: steps.split('>').map((step) => numbering.numberOf(step)),
      conversions,
      value: 0,
      nulls,
    }));
    const { conversions, removalEffect, conversionRate } = creditByMarkov(rows);
    near(conversionRate!, base_conversion);
    expect(numbering.keys).toEqual(Object.keys(attributed));
    numbering.keys.forEach((key, item) => {
      near(removalEffect![item]!, removal[key]);
      near(conversions[item]!, attributed[key]);
    });
  });

  it.each([
    ['first', (rows: Path[]) => creditByRule(rows, 'first')],
    ['last', (rows: Path[]) => creditByRule(rows, 'last')],
    ['linear_unique', creditByEqualSplit],
    // No item is twice on a path there, so that the linear model says the same.
    ['linear_unique', (rows: Path[]) => creditByRule(rows, 'linear')],
    ['position_40_20_40', (rows: Path[]) => creditByRule(rows, 'position')],
  ])('agree on the conversions and the value by %s', (name, credit) => {
    const { rows, [name]: expected } = reference.eeghor_mta_tests;
    const numbering = new Numbering();
    const paths = rows.map(([steps, conversions, nulls]: [string, number, number]) => ({
      items: steps.split(' > ').map((step) => numbering.numberOf(step)),
      conversions,
      value: 10 * conversions,
      nulls,
    }));
    const credits = credit(paths);
    expect(numbering.keys).toHaveLength(4);
    numbering.keys.forEach((key, item) => {
      near(credits.conversions[item]!, expected[key] ?? 0);
      near(credits.value[item]!, 10 * (expected[key] ?? 0));
    });
  });
});
