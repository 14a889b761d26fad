import { describe, expect, it } from 'vitest';
import { paretoNbd } from '../../../../server/src/clv/models/pareto-nbd';
import {
  fitParetoNbdWithCovariates,
  parametersOfCustomer,
} from '../../../../server/src/clv/models/pareto-nbd-covariates';
import type { Histories } from '../../../../server/src/clv/models/types';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const TRUE = { r: 0.8, alpha: 10, s: 0.7, beta: 12 };
const EFFECTS = { transaction: [0.5, 0.02], lifetime: [-0.4] };

/** Customers of whom some came by a campaign, and whose years are known; weeks. */
function world(customers: number, seed: number, effects = EFFECTS) {
  const random = seededRandom(seed);
  const campaign = Float64Array.from({ length: customers }, () => (random() < 0.4 ? 1 : 0));
  const years = Float64Array.from({ length: customers }, () => 40 + 10 * sampleNormal(random));
  const histories: Histories = {
    frequency: new Float64Array(customers),
    recency: new Float64Array(customers),
    age: new Float64Array(customers),
    weight: new Float64Array(customers).fill(1),
  };
  const named = (values: number[]) =>
    values.map((value, i) => ({ name: `${i}`, value, standardError: null }));
  const coefficients = { transaction: named(effects.transaction), lifetime: named(effects.lifetime) };
  for (let i = 0; i < customers; i++) {
    const z = { transaction: [campaign[i]!, years[i]!], lifetime: [campaign[i]!] };
    const own = parametersOfCustomer({ parameters: TRUE, coefficients }, z);
    const age = 26 + Math.floor(26 * random());
    const { purchases } = paretoNbd.drawFuture(own, { frequency: 0, recency: 0, age: 0 }, age, random);
    histories.frequency[i] = purchases.length;
    histories.recency[i] = purchases.at(-1) ?? 0;
    histories.age[i] = age;
  }
  return {
    histories,
    covariates: {
      transaction: [
        { name: 'campaign', values: campaign },
        { name: 'years', values: years },
      ],
      lifetime: [{ name: 'campaign', values: campaign }],
    },
  };
}

describe('the Pareto/NBD with covariates', () => {
  const { histories, covariates } = world(2000, 5);
  const fit = fitParetoNbdWithCovariates(histories, covariates);

  it('finds the effects that made the data, within its standard errors', () => {
    expect(fit).toMatchObject({ converged: true, identified: true, problem: null });
    const found = [...fit.coefficients.transaction, ...fit.coefficients.lifetime];
    expect(found.map(({ name }) => name)).toEqual(['campaign', 'years', 'campaign']);
    [0.5, 0.02, -0.4].forEach((truth, i) => {
      expect(Math.abs(found[i]!.value - truth)).toBeLessThan(3.5 * found[i]!.standardError!);
    });
    for (const name of paretoNbd.parameterNames) {
      expect(Math.abs(fit.parameters[name] - TRUE[name])).toBeLessThan(3.5 * fit.standardErrors![name]);
    }
  });

  it('is told from the model without covariates by the likelihood', () => {
    const without = paretoNbd.fit(histories);
    const { statistic, degreesOfFreedom, pValue } = fit.likelihoodRatio!;
    expect(statistic).toBeCloseTo(2 * (fit.logLikelihood - without.logLikelihood), 6);
    expect(degreesOfFreedom).toBe(3);
    expect(pValue).toBeLessThan(1e-20);
  });

  it('adds up the likelihoods of customers with parameters of their own', () => {
    const { frequency, recency, age } = histories;
    let sum = 0;
    for (let i = 0; i < age.length; i++) {
      const z = {
        transaction: covariates.transaction.map(({ values }) => values[i]!),
        lifetime: covariates.lifetime.map(({ values }) => values[i]!),
      };
      const own = parametersOfCustomer(fit, z);
      const history = { frequency: frequency[i]!, recency: recency[i]!, age: age[i]! };
      sum += paretoNbd.logLikelihood(own, history);
    }
    expect(sum).toBeCloseTo(fit.logLikelihood, 6);
  });

  it('does not depend on what a covariate is measured in', () => {
    const [campaign, years] = covariates.transaction;
    const months = { name: 'months', values: years!.values.map((value) => 12 * value - 300) };
    const other = fitParetoNbdWithCovariates(histories, { ...covariates, transaction: [campaign!, months] });
    const [, perYear] = fit.coefficients.transaction;
    const [, perMonth] = other.coefficients.transaction;
    expect(12 * perMonth!.value).toBeCloseTo(perYear!.value, 7);
    expect(12 * perMonth!.standardError!).toBeCloseTo(perYear!.standardError!, 7);
    expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood, 6);
  });

  it('shrinks effects by the penalty, and then compares no likelihoods', () => {
    const free = fit.coefficients.transaction[0]!.value;
    const [weak, strong] = [0.01, 1].map((penalty) => {
      const penalised = fitParetoNbdWithCovariates(histories, covariates, { penalty });
      expect(penalised.likelihoodRatio).toBeNull();
      return penalised.coefficients.transaction[0]!.value;
    });
    expect(weak).toBeLessThan(free);
    expect(strong).toBeLessThan(0.5 * free);
  });

  it('says when an effect runs away, and a penalty holds it', () => {
    const never = histories.frequency.map((x, i) => (x === 0 && i < 500 ? 1 : 0));
    const only = { transaction: [{ name: 'never again', values: never }], lifetime: [] };
    const free = fitParetoNbdWithCovariates(histories, only);
    expect(free.identified).toBe(false);
    expect(free.problem).toContain('never again (orders)');
    expect(free.standardErrors).toBeNull();
    expect(free.coefficients.transaction[0]!.standardError).toBeNull();
    expect(free.likelihoodRatio).toBeNull();
    expect(fitParetoNbdWithCovariates(histories, only, { penalty: 0.01 }).identified).toBe(true);
  });
});

describe('a covariate that cannot be used', () => {
  const { histories, covariates } = world(50, 6);
  const [campaign] = covariates.transaction;
  const fitWith = (...transaction: { name: string; values: ArrayLike<number> }[]) =>
    fitParetoNbdWithCovariates(histories, { transaction, lifetime: [] });

  it('is refused when it is the same for everybody', () => {
    const same = { name: 'shop', values: new Float64Array(50).fill(0.1) };
    expect(() => fitWith(same)).toThrow('covariate "shop" is the same for everybody');
  });

  it('is refused when the others say the same', () => {
    const other = { name: 'no campaign', values: campaign!.values.map((value) => 1 - value) };
    expect(() => fitWith(campaign!, other)).toThrow('"no campaign" says nothing that "campaign" do not say');
  });

  it('is refused when a value is missing, naming the row', () => {
    const values = campaign!.values.slice();
    values[7] = Number.NaN;
    expect(() => fitWith({ name: 'campaign', values })).toThrow('covariate "campaign" is NaN in row 8');
    expect(() => fitWith({ name: 'campaign', values: [1, 2] })).toThrow('2 values for 50 histories');
  });

  it('is missed when there is none at all', () => {
    expect(() => fitWith()).toThrow('give at least one covariate');
  });
});
