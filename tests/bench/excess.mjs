// Does the ranking by excess tell the truth in worlds where heavy readers buy more? False discoveries, what it finds, the
// coverage of its intervals, support pages, and how alike the top is when the same world is sampled again.
//   node tests/bench/excess.mjs                  all studies, half an hour on two cores
//   node tests/bench/excess.mjs --quick          the same on fewer worlds, under three minutes
//   node tests/bench/excess.mjs --only <name>    studies whose name begins so (tests/bench/support/excess-studies.mjs)
//   node tests/bench/excess.mjs --worlds <n>     so many worlds of each
// Exits with 1 when a figure misses its target by more than so few worlds may show by chance.
import { parseArgs } from 'node:util';
import { RESAMPLED, STUDIES } from './support/excess-studies.mjs';
import { workerPool } from './support/worker-pool.mjs';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, worlds: { type: 'string' } },
});
const FDR = 0.1;
const TARGETS = { alarms: 0.14, precision: 0.9, coverage: 0.9, labelled: 0.95, stability: 1.5 };
/** One-sided: a share of worlds may miss its target by so many standard errors. */
const BY_CHANCE = 2;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;
const percent = (share) => `${(100 * share).toFixed(1)} %`;
let failed = false;

function standardError(values) {
  if (values.length < 2) return Number.POSITIVE_INFINITY;
  const centre = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1) / values.length);
}

function judge(passes, text, isJudged = true) {
  console.log(`  ${!isJudged ? 'told' : passes ? 'PASS' : 'FAIL'}  ${text}`);
  failed ||= isJudged && !passes;
}

const selected = ({ name }) => options.only === undefined || name.startsWith(options.only);
const worldsOf = ({ worlds, quick }) => Number(options.worlds ?? (options.quick ? quick : worlds));

/** Each world by its own seed, from 1; and the same again for each sample. */
function tasksOf({ simulate, other }, count, samples = 1) {
  return Array.from({ length: count * samples }, (_, i) => {
    const seed = 1 + Math.floor(i / samples);
    const sample = i % samples;
    return {
      fdr: FDR,
      ...(simulate && { simulate: { ...simulate, seed, sample } }),
      ...(other && { other: { ...other, seed } }),
    };
  });
}

function report(study, outcomes) {
  const isJudged = !study.outside;
  const { persons, customers = persons, contents } = study.simulate ?? study.other;
  const told = `${outcomes.length} worlds of ${customers} persons, ${mean(outcomes.map(({ population }) => population)).toFixed(0)} of them of concern`;
  const zeros = percent(mean(outcomes.map((outcome) => outcome.zeros)));
  console.log(
    `${study.name}: ${told}, ${contents} items, ${outcomes[0].trueItems} true; ${zeros} without value`,
  );

  if (study.none) alarms(outcomes, isJudged);
  else discoveries(study, outcomes, isJudged);
  for (const [name, key] of [
    ['items with an effect', 'raising'],
    ['items without one', 'ordinary'],
  ]) {
    covered(name, outcomes, key, isJudged);
  }
  if (study.support) labels(outcomes);
}

function alarms(outcomes, isJudged) {
  const alarmed = outcomes.map(({ called }) => Number(called > 0));
  const slack = BY_CHANCE * Math.sqrt((TARGETS.alarms * (1 - TARGETS.alarms)) / outcomes.length);
  judge(
    mean(alarmed) <= TARGETS.alarms + (options.quick || outcomes.length < 200 ? slack : 0),
    `worlds with any item called associated: ${percent(mean(alarmed))} (at most ${percent(TARGETS.alarms)})`,
    isJudged,
  );
}

function discoveries(study, outcomes, isJudged) {
  const rates = outcomes.map(({ called, wrong }) => wrong / Math.max(1, called));
  const error = standardError(rates);
  judge(
    mean(rates) - BY_CHANCE * error <= FDR,
    `false discovery rate ${percent(mean(rates))} ± ${percent(error)} (at most ${percent(FDR)} plus sampling error)`,
    isJudged,
  );
  const trueItems = sum(outcomes.map((outcome) => outcome.trueItems));
  const recall = sum(outcomes.map(({ found }) => found)) / trueItems;
  const found = `true items found ${percent(recall)}`;
  if (study.recall) judge(recall >= study.recall, `${found} (at least ${percent(study.recall)})`, isJudged);
  else console.log(`        ${found}`);

  const missing = outcomes.filter(({ hasTypical }) => !hasTypical).length;
  if (missing > 0) console.log(`        too few items to say what is typical in ${missing} of the worlds`);

  const precision = (by) => mean(outcomes.map((outcome) => outcome.precision[by]));
  const text = `true among as many at the top: by score ${percent(precision('score'))}, by plain ρ ${percent(precision('rho'))}`;
  if (study.crowns) {
    judge(
      precision('score') >= TARGETS.precision,
      `${text} (by score at least ${percent(TARGETS.precision)})`,
    );
  } else console.log(`        ${text}`);
  const plain = mean(outcomes.map(({ plain: { called, wrong } }) => wrong / Math.max(1, called)));
  const crowned = outcomes.filter((outcome) => outcome.precision.rho < 1).length / outcomes.length;
  const wrongly = `plain ρ crowns a wrong item in ${percent(crowned)} of the worlds, and its test calls with ${percent(plain)} false discoveries`;
  if (study.crowns) judge(crowned >= 0.8 && plain > 0.5, `${wrongly} (80 % and 50 % at least)`);
  else console.log(`        ${wrongly}`);
  const unlike = (key) => mean(outcomes.map((outcome) => outcome.unlike[key])).toFixed(3);
  console.log(`        mean true effect on readers ${unlike('exposed')}, on others ${unlike('unexposed')}`);
}

function covered(name, outcomes, key, isJudged) {
  const parts = outcomes.map((outcome) => outcome[key]).filter(({ items }) => items > 0);
  const items = sum(parts.map((part) => part.items));
  if (items === 0) return;
  const share = sum(parts.map((part) => part.covered)) / items;
  // Items of one world share what was taken for typical, so that worlds are what varies.
  const error = standardError(parts.map((part) => part.covered / part.items));
  const bias = sum(parts.map((part) => part.error)) / items;
  const spread = Math.sqrt(sum(parts.map((part) => part.squares)) / items);
  judge(
    share + BY_CHANCE * error >= TARGETS.coverage,
    `intervals that hold the true excess, ${items} ${name}: ${percent(share)} ± ${percent(error)} (at least ${percent(TARGETS.coverage)}); mean error ${bias.toFixed(3)}, root mean square ${spread.toFixed(3)}`,
    isJudged,
  );
}

function labels(outcomes) {
  const items = sum(outcomes.map(({ support }) => support.items));
  const share = sum(outcomes.map(({ support }) => support.labelled)) / items;
  judge(
    share >= TARGETS.labelled,
    `support pages called support-like: ${percent(share)} of ${items} (at least ${percent(TARGETS.labelled)})`,
  );
}

function stability(study, outcomes) {
  const overlap = (by) => {
    const shares = [];
    for (let i = 0; i < outcomes.length; i += 2) {
      const first = new Set(outcomes[i].topTen[by]);
      shares.push(outcomes[i + 1].topTen[by].filter((item) => first.has(item)).length / 10);
    }
    return mean(shares);
  };
  const [score, rho] = [overlap('score'), overlap('rho')];
  const { customers, contents, confounding, seasons } = study.simulate;
  const which = seasons ? 'two seasons' : 'two samples';
  const text = `top ten of ${which} of ${customers} in common, ${outcomes.length / 2} worlds of ${contents} items, ${outcomes[0].trueItems} true, confounding ${confounding}: by score ${percent(score)}, by plain ρ ${percent(rho)}`;
  console.log(study.name);
  judge(
    score >= TARGETS.stability * rho,
    `${text}, ratio ${(score / rho).toFixed(2)} (at least ${TARGETS.stability})`,
    !study.outside,
  );
}

const start = performance.now();
const pool = await workerPool('excess.worker.ts');
try {
  for (const study of STUDIES.filter(selected)) {
    const count = worldsOf(study);
    if (count > 0) report(study, await pool.all(tasksOf(study, count)));
  }
  for (const study of RESAMPLED.filter(selected)) {
    const count = worldsOf(study);
    if (count > 0) stability(study, await pool.all(tasksOf(study, count, 2)));
  }
} finally {
  await pool.stop();
}
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
process.exitCode = failed ? 1 : 0;
