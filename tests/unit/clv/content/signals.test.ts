import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../server/src/clv/models/content/columns';
import { signalsOf } from '../../../../server/src/clv/models/content/signals';
import { fitContent, penalised, trainingSet } from '../../../../server/src/clv/models/content/training';
import { BINOMIAL, type Family, POISSON } from '../../../../server/src/stats/glm-family';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { samplePoisson } from '../../../../server/src/stats/sample-poisson';
import { type Random, seededRandom } from '../../../../server/src/stats/seeded-random';
import { SparseRowsBuilder } from '../../../../server/src/stats/sparse-rows';

const PEOPLE = 800;
const COLUMNS = Array.from(
  { length: 6 },
  (_, i): Column => ({
    key: String(i),
    name: null,
    group: 'item',
    binary: i >= 3,
    restraint: 1,
  }),
);

/** Effects drawn as the ridge supposes, outcomes far more variable than Poisson counts, and what the fit says of them. */
function study(family: Family, seed: number, penalty: number, spread: number) {
  const random: Random = seededRandom(seed);
  const builder = new SparseRowsBuilder(1 + COLUMNS.length);
  const truth = COLUMNS.map(() => spread * sampleNormal(random));
  const y = Float64Array.from({ length: PEOPLE }, () => {
    const base = sampleNormal(random);
    const row = COLUMNS.map(({ binary }) => (binary ? (random() < 0.3 ? 1 : 0) : sampleNormal(random)));
    builder.add([base, ...row].map((value, column) => [column, value] as const));
    const eta = row.reduce((sum, value, i) => sum + truth[i]! * value, 0.5 * base - 0.5);
    if (family === BINOMIAL) return random() < BINOMIAL.mean(eta) ? 1 : 0;
    return 10 * samplePoisson(random, sampleGamma(random, 1, 1) * Math.exp(eta));
  });
  const problem = { family, x: builder.build(), y, contentFrom: 1, restraint: COLUMNS.map(() => 1) };
  const rows = Uint32Array.from(y.keys());
  const training = trainingSet(problem, rows);
  const signals = signalsOf(penalised(training, penalty), fitContent(training, penalty), COLUMNS, 1);
  return { truth, signals };
}

describe.each([
  ['log link', POISSON, 0.03],
  ['logit link', BINOMIAL, 0.03],
] as const)('the signals of a fit with %s', (_, family, penalty) => {
  it('hold the true effects at about the rate of their intervals', () => {
    let held = 0;
    let all = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const { truth, signals } = study(family, seed, penalty, 0.25);
      for (const { key, low, high } of signals.filter(({ key }) => COLUMNS[Number(key)]!.binary)) {
        const effect = Math.exp(truth[Number(key)]!);
        all++;
        if (low <= effect && effect <= high) held++;
      }
    }
    expect(all).toBe(450);
    expect(held / all).toBeGreaterThan(0.92);
    expect(held / all).toBeLessThan(0.985);
  });

  it('are drawn towards no effect by the penalty, and none is left by an infinite one', () => {
    const size = (penalty: number) =>
      study(family, 7, penalty, 0.4).signals.reduce((sum, { effect }) => sum + Math.abs(Math.log(effect)), 0);
    expect(size(1)).toBeLessThan(size(0.01));
    expect(study(family, 7, Number.POSITIVE_INFINITY, 0.4).signals).toEqual([]);
  });
});
