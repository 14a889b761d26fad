import { parentPort } from 'node:worker_threads';
import { armOf, HOLDOUT } from '../../server/src/activation/models/experiments/arms';
import { effectsOf } from '../../server/src/activation/models/experiments/effects';
import { uniformOf } from '../../server/src/activation/models/experiments/hash';
import { sampleSize } from '../../server/src/activation/models/experiments/sample-size';
import type { Units } from '../../server/src/activation/models/experiments/units';
import { verdictOf } from '../../server/src/activation/models/experiments/verdict';
import { experimentWorld, type WorldOptions } from '../support/experiment-world';
import { serveVisitor } from '../support/recommend-serving';
import { type RecommendWorldOptions, recommendWorld } from '../support/recommend-world';

const ALPHA = 0.05;
/** Share of a site's visitors who are in an experiment. */
const SEEN = 0.15;

export type ExperimentsTask =
  | { kind: 'end'; world: WorldOptions }
  | { kind: 'looks'; world: WorldOptions }
  | { kind: 'plan'; world: WorldOptions; power: number; horizon: 'fixed' | 'sequential' }
  | { kind: 'site'; world: RecommendWorldOptions; holdout: number; salts: number; same: boolean };

/** One experiment at its end, with what is true of it. */
function atEnd(units: Units, unitDays: number, truth: number, lift: number) {
  const [fixed] = effectsOf(units, { horizon: 'fixed', alpha: ALPHA, unitDays });
  const [sequential] = effectsOf(units, { horizon: 'sequential', alpha: ALPHA, unitDays });
  return { truth, lift, fixed, sequential };
}

/** A look each day: on which one would have said that there is a difference, by which rule. */
function looks(options: WorldOptions) {
  const world = experimentWorld(options);
  const said = { fixed: false, sequential: false, everyDay: false };
  let looked = 0;
  for (let day = 1; day <= options.days; day++) {
    const { units, unitDays } = world.at(day);
    const counts = [0, 0];
    const buyers = [0, 0];
    units.arm.forEach((k, i) => {
      counts[k]! += 1;
      if (units.value[i]! > 0) buyers[k]! += 1;
    });
    if (Math.min(...counts) < 30) continue;
    looked += 1;
    const says = (horizon: 'fixed' | 'sequential') => {
      const [effect] = effectsOf(units, { horizon, alpha: ALPHA, unitDays });
      const verdict = verdictOf(effect!, { buyers, final: true, alpha: ALPHA });
      return verdict === 'more' || verdict === 'less';
    };
    const fixed = says('fixed');
    said.everyDay ||= fixed;
    said.sequential ||= says('sequential');
    said.fixed = fixed;
  }
  return { said, looked };
}

/** How many units the plan asks for, by what a pilot of the same world says. */
function plan(options: WorldOptions, power: number, horizon: 'fixed' | 'sequential') {
  const pilot = experimentWorld({ ...options, seed: options.seed + 1_000_000, uplift: 0 });
  const { units } = pilot.at(options.days);
  const { value } = units;
  const mean = value.reduce((sum, v) => sum + v, 0) / value.length;
  const variance = value.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (value.length - 1);
  const [effect] = effectsOf(units, { horizon: 'fixed', alpha: ALPHA, unitDays: 1 });
  return sampleSize({
    difference: options.uplift * mean,
    deviation: Math.sqrt(variance),
    growth: 1 + options.uplift,
    varianceSaved: effect!.varianceSaved,
    power,
    alpha: ALPHA,
    holdout: options.holdout,
    horizon,
    // Everyone is met at once here and stays for all days; the helper expects them evenly over the time.
    perDay: value.length / options.days,
  });
}

/**
 * Experiments inside a site that recommends: what each visitor does under both orders is known, and of a tenth of them one is
 * seen. The truth is that of all visitors.
 */
function site(options: RecommendWorldOptions, holdout: number, salts: number, same: boolean) {
  const world = recommendWorld(options);
  const of = (policy: 'recommended' | 'newest') =>
    world.visitors.map((visitor) => serveVisitor(world, visitor, policy).value);
  const usual = of('newest');
  const treated = same ? usual : of('recommended');
  const meanOf = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const truth = meanOf(treated) - meanOf(usual);
  const design = { holdout, variants: [{ arm: 'recommended', weight: 1 }] };
  return Array.from({ length: salts }, (_, s) => {
    const salt = `${options.seed}-${s}`;
    const seen = world.visitors.flatMap(({ number }, i) =>
      uniformOf(`seen ${salt} ${number}`) < SEEN ? [i] : [],
    );
    const arm = Uint8Array.from(seen, (i) =>
      armOf({ salt, design }, `person-${world.visitors[i]!.number}`) === HOLDOUT ? 0 : 1,
    );
    const units: Units = {
      arm,
      arms: 2,
      value: Float64Array.from(seen, (i, k) => (arm[k] === 1 ? treated[i]! : usual[i]!)),
      covariates: [
        Float64Array.from(seen, (i) => Math.log1p(world.visitors[i]!.read.size)),
        Float64Array.from(seen, (i) => (world.visitors[i]!.tier === 'gold' ? 1 : 0)),
      ],
    };
    return atEnd(units, seen.length * 180, truth, truth / meanOf(usual));
  });
}

parentPort!.on('message', (task: ExperimentsTask) => {
  const answer = () => {
    if (task.kind === 'looks') return looks(task.world);
    if (task.kind === 'plan') return plan(task.world, task.power, task.horizon);
    if (task.kind === 'site') return site(task.world, task.holdout, task.salts, task.same);
    const world = experimentWorld(task.world);
    const { units, unitDays } = world.at(task.world.days);
    return atEnd(units, unitDays, world.truth, task.world.uplift);
  };
  parentPort!.postMessage(answer());
});
