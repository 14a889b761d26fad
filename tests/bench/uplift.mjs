// Does serving what is recommended raise what people become worth, over what is read most, the newest, and the order of the plain
// correlation? In worlds whose truth is known: people read and order (`clv simulate`), our ranking makes a model of that, then
// others come and are shown items by each policy, with the same random numbers (tests/support/recommend-world.ts, -serving.ts).
//   node tests/bench/uplift.mjs               all studies over 200 seeds, ten minutes on two cores
//   node tests/bench/uplift.mjs --quick       on fewer seeds, under 90 seconds
//   node tests/bench/uplift.mjs --seeds <n>   so many of each
//   node tests/bench/uplift.mjs --first <n>   seeds from there on; those below 1,000 are for trying things out
//   node tests/bench/uplift.mjs --only <name> --json
// Exits with 1 when recommended does not win where it must (over all seeds the whole interval lies above zero; over few the mean
// does), or loses beyond noise where nothing can be won.
import { parseArgs } from 'node:util';
import { STUDIES } from './support/uplift-studies.mjs';
import { workerPool } from './support/worker-pool.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    seeds: { type: 'string' },
    first: { type: 'string', default: '1001' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const SEEDS = 200;
const Z = 1.96;
/** Of the value of whoever is served otherwise: where nothing can be won, a loss that is surely below it is no loss. */
const NO_LOSS = 0.002;
const OTHERS = ['popular', 'newest', 'plain', 'random'];

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;

/** Mean over seeds, with a 95 % interval. */
function estimate(values) {
  const centre = mean(values);
  const error = Math.sqrt(
    sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1) / values.length,
  );
  return { mean: centre, low: centre - Z * error, high: centre + Z * error };
}

function resultOf({ name, told, wins }, outcomes) {
  const values = (policy) => outcomes.map((outcome) => outcome[policy].value);
  const policies = Object.fromEntries(
    Object.keys(outcomes[0]).map((policy) => [
      policy,
      {
        value: mean(values(policy)),
        reads: mean(outcomes.map((outcome) => outcome[policy].reads)),
        shown: mean(outcomes.map((outcome) => outcome[policy].shown)),
      },
    ]),
  );
  const against = OTHERS.map((other) => {
    const difference = estimate(
      outcomes.map(({ recommended, [other]: one }) => recommended.value - one.value),
    );
    const won = outcomes.filter(({ recommended, [other]: one }) => recommended.value > one.value).length;
    const mustWin = wins.includes(other);
    const passed = mustWin
      ? (outcomes.length < SEEDS ? difference.mean : difference.low) > 0
      : difference.high > 0 || difference.low > -NO_LOSS * policies[other].value;
    return { other, ...difference, mustWin, passed, won: won / outcomes.length };
  });
  const gain = (policy) => mean(values(policy)) - mean(values('random'));
  return {
    name,
    told,
    seeds: outcomes.length,
    policies,
    against,
    shareOfOracle: gain('recommended') / gain('oracle'),
    passed: against.every(({ passed }) => passed),
  };
}

function print({ name, told, seeds, policies, against, shareOfOracle }) {
  const money = (minor) => (minor / 100).toFixed(2);
  console.log(`${name}: ${told}; ${seeds} worlds`);
  for (const [policy, { value, reads, shown }] of Object.entries(policies)) {
    const rate = ((100 * reads) / shown).toFixed(1);
    console.log(
      `        ${policy.padEnd(12)} ${money(value).padStart(8)} a person, ${rate} % of the shown read`,
    );
  }
  for (const { other, mean: centre, low, high, mustWin, passed, won } of against) {
    const relative = ((100 * centre) / policies[other].value).toFixed(1);
    const needed = mustWin ? 'must win' : 'must not lose';
    console.log(
      `  ${passed ? 'PASS' : 'FAIL'}  recommended less ${other}: ${money(centre)} (${money(low)} to ${money(high)}), ${relative} %, more in ${(100 * won).toFixed(0)} % of the worlds (${needed})`,
    );
  }
  console.log(
    `        of what the oracle gains over random, recommended gains ${(100 * shareOfOracle).toFixed(0)} %`,
  );
}

const start = performance.now();
const pool = await workerPool('uplift.worker.ts');
const results = [];
try {
  for (const study of STUDIES) {
    if (options.only !== undefined && !study.name.startsWith(options.only)) continue;
    const seeds = Number(options.seeds ?? (options.quick ? study.quick : SEEDS));
    const tasks = Array.from({ length: seeds }, (_, i) => ({
      ...study.world,
      seed: Number(options.first) + i,
    }));
    const result = resultOf(study, await pool.all(tasks));
    results.push(result);
    if (!options.json) print(result);
  }
} finally {
  await pool.stop();
}
const seconds = (performance.now() - start) / 1000;
if (options.json) console.log(JSON.stringify({ results, seconds }, null, 2));
else console.log(`${seconds.toFixed(0)} s`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
