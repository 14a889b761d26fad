// Does the advice to editors hold in simulated worlds? What it recommends where nothing raises value, where single pieces do,
// and where a topic does; gaps and moving pieces where there are none.
//   node tests/bench/advice.mjs                  200 worlds of each kind, some minutes on two cores
//   node tests/bench/advice.mjs --quick          20 of each
//   node tests/bench/advice.mjs --worlds <n>     so many of each
// Exits with 1 when a figure misses its target by more than so few worlds may show by chance.
import { parseArgs } from 'node:util';
import { workerPool } from './support/worker-pool.mjs';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, worlds: { type: 'string' } },
});
const count = Number(options.worlds ?? (options.quick ? 20 : 200));
const MOST_ALARMS = 0.1;
const LEAST_FOUND = 0.95;
/** One-sided: a share of worlds may miss its target by so many standard errors. */
const BY_CHANCE = 2;
const STUDIES = [
  { name: 'nothing raises value', world: {}, isNull: true },
  { name: 'a fifth of the pieces do, whatever their topic', world: { trueShare: 0.2 } },
  { name: 'the pieces of one topic do', world: { trueTopic: true } },
];

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const slack = (share) => BY_CHANCE * Math.sqrt((share * (1 - share)) / count);
let failed = false;

function judge(passes, text) {
  console.log(`  ${passes ? 'PASS' : 'FAIL'}  ${text}`);
  failed ||= !passes;
}

function report({ name, world, isNull }, outcomes) {
  const share = (is) => outcomes.filter(is).length / count;
  const sum = (of) => outcomes.reduce((total, one) => total + of(one), 0);
  console.log(`${name}: ${count} worlds of 2,500 customers, 42 pieces, 18 groups`);
  const alarms = [
    ['recommend some group', share(({ recommended }) => recommended > 0), isNull],
    ['show a gap', share(({ gaps }) => gaps > 0), isNull],
    ['call some piece fading or rising', share(({ moving }) => moving > 0), isNull],
  ];
  for (const [what, found, isJudged] of alarms) {
    const text = `${percent(found)} of worlds ${what}`;
    if (isJudged)
      judge(found <= MOST_ALARMS + slack(MOST_ALARMS), `${text} (at most ${percent(MOST_ALARMS)})`);
    else console.log(`  told  ${text}`);
  }
  if (!world.trueTopic) return;
  const found = share(({ isFound }) => isFound);
  judge(
    found >= LEAST_FOUND - slack(LEAST_FOUND),
    `the topic is recommended in ${percent(found)} (at least ${percent(LEAST_FOUND)})`,
  );
  const others = sum((one) => one.others);
  const wrong = others / Math.max(1, others + sum(({ isFound }) => Number(isFound)));
  judge(
    wrong <= MOST_ALARMS,
    `of the topics recommended ${percent(wrong)} raise nothing (at most ${percent(MOST_ALARMS)})`,
  );
}

const pool = await workerPool('advice.worker.ts');
try {
  for (const study of STUDIES) {
    const tasks = Array.from({ length: count }, (_, i) => ({ seed: 1 + i, ...study.world }));
    report(study, await pool.all(tasks));
  }
} finally {
  await pool.stop();
}
process.exitCode = failed ? 1 : 0;
