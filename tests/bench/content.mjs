// Does content-aware prediction gain where reading tells of value, and lose nothing where it is noise?
//   node tests/bench/content.mjs            20 + 20 + 40 worlds of 8,000 people, some minutes on two cores
//   node tests/bench/content.mjs --quick    4 + 0 + 8 worlds
// Half a year is held out; predictions are of people whom the models have not seen. Exits with 1 when a figure misses
// its target.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const quick = process.argv.includes('--quick');
const WORLDS = quick ? { telling: 4, half: 0, noise: 8 } : { telling: 20, half: 20, noise: 40 };
const PEOPLE = 8000;
const MOST_LOSS = 0.01;
const root = path.resolve(import.meta.dirname, '../..');

await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'content-'));
const outfile = path.join(folder, 'worker.cjs');
const entryPoints = [path.join(root, 'tests/bench/content.worker.ts')];
await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
const workers = [new Worker(outfile), new Worker(outfile)];

/** Measures worlds with seeds from `first`, every worker taking the next as soon as it is free. */
async function worlds(first, count, task) {
  const outcomes = [];
  let seed = first;
  const work = async (worker) => {
    while (seed < first + count) {
      const outcome = new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      worker.postMessage({ seed: seed++, people: PEOPLE, ...task });
      outcomes.push(await outcome);
      worker.removeAllListeners('error');
    }
  };
  await Promise.all(workers.map(work));
  return outcomes;
}

const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;

/** Mean over worlds with a 95 % interval (normal, from the spread between worlds). */
function summary(values) {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  const reach = 1.96 * Math.sqrt(variance / values.length);
  return { mean: centre, low: centre - reach, high: centre + reach };
}

const isError = (measure) => measure !== 'Gini' && measure !== 'AUC';
const shown = (value, measure) => (isError(measure) ? `${(100 * value).toFixed(2)} %` : value.toFixed(4));
let failed = false;

function report(passes, text) {
  console.log(`${passes ? 'PASS' : 'FAIL'}  ${text}`);
  failed ||= !passes;
}

/** Errors fall and order improves: the mean over worlds with an interval beyond zero, and deviance and Gini in each world. */
function reportGain(title, outcomes, isJudged) {
  for (const who of ['customers', 'prospects']) {
    console.log(`\n${title}: ${who}, ${outcomes.length} worlds; content is used in ${share(outcomes, who)}`);
    for (const measure of Object.keys(outcomes[0][who].outcome)) {
      const parts = outcomes.map((outcome) => outcome[who].outcome[measure]);
      const { mean, low, high } = summary(parts.map(({ change }) => change));
      const clear = parts.filter((part) => part.clear).length;
      const text =
        `${measure}: ${shown(mean, measure)} (${shown(low, measure)} to ${shown(high, measure)} over worlds); ` +
        `better by the world's own interval in ${clear} of ${parts.length}`;
      if (isJudged) report(isError(measure) ? high < 0 : low > 0, text);
      else console.log(`      ${text}`);
    }
  }
}

const share = (outcomes, who) =>
  `${outcomes.filter((outcome) => outcome[who].used).length} of ${outcomes.length}`;

function reportLoss(outcomes) {
  for (const who of ['customers', 'prospects']) {
    console.log(
      `\nreading is noise: ${who}, ${outcomes.length} worlds; content is used in ${share(outcomes, who)}`,
    );
    for (const measure of Object.keys(outcomes[0][who].outcome)) {
      const losses = outcomes.map((outcome) => {
        const { change } = outcome[who].outcome[measure];
        return isError(measure) ? change : -change;
      });
      const worst = Math.max(...losses);
      const text = `${measure} lost: mean ${shown(mean(losses), measure)}, worst ${shown(worst, measure)}`;
      if (isError(measure)) report(worst <= MOST_LOSS, `${text} (at most ${100 * MOST_LOSS} %)`);
      else console.log(`      ${text}`);
    }
  }
}

const start = performance.now();
try {
  reportGain('reading tells of value', await worlds(1, WORLDS.telling, { reading: 1, isNoise: false }), true);
  if (WORLDS.half > 0) {
    const outcomes = await worlds(101, WORLDS.half, { reading: 0.5, isNoise: false });
    reportGain('reading tells half as much', outcomes, false);
  }
  reportLoss(await worlds(201, WORLDS.noise, { reading: 0, isNoise: true }));
} finally {
  await Promise.all(workers.map((worker) => worker.terminate()));
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${((performance.now() - start) / 1000).toFixed(0)} s`);
process.exitCode = failed ? 1 : 0;
