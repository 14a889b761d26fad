// Does the ranking find the truth in simulated worlds? Precision, false alarms and the coverage of its intervals.
//   node tests/bench/worlds.mjs            20 + 200 + 1,000 worlds, some minutes on two cores
//   node tests/bench/worlds.mjs --quick    4 + 30 + 60 worlds
// Exits with 1 when a figure misses its target.
import { workerPool } from './support/worker-pool.mjs';

const quick = process.argv.includes('--quick');
const WORLDS = quick
  ? { precision: 4, none: 30, coverage: 60 }
  : { precision: 20, none: 200, coverage: 1000 };
const FDR = 0.1;
/** The rate at which false alarms may come, and what so few worlds may show by chance. */
const MOST_ALARMS = quick ? 0.2 : 0.14;
const pool = await workerPool('worlds.worker.ts');

/** Runs a task for each seed from 1. */
const worlds = (count, task) =>
  pool.all(
    Array.from({ length: count }, (_, i) => ({
      seed: i + 1,
      contents: 40,
      isNull: false,
      fdr: FDR,
      ...task,
    })),
  );

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;
const percent = (share) => `${(100 * share).toFixed(2)} %`;
let failed = false;

function report(passes, text) {
  console.log(`${passes ? 'PASS' : 'FAIL'}  ${text}`);
  failed ||= !passes;
}

async function precision() {
  const outcomes = await worlds(WORLDS.precision, { customers: 5000 });
  const shares = outcomes.map((outcome) => outcome.precision);
  const text = `precision at k, ${outcomes.length} worlds of 5,000 customers, 40 items, 8 true`;
  report(
    mean(shares) >= 0.9,
    `${text}: mean ${mean(shares).toFixed(4)} (at least 0.9), worst ${Math.min(...shares)}`,
  );
  const called = sum(outcomes.map(({ associated }) => associated));
  const wrongly = sum(outcomes.map(({ falselyAssociated }) => falselyAssociated));
  const found = (called - wrongly) / (8 * outcomes.length);
  console.log(
    `      called associated: ${called}, of them without effect ${percent(wrongly / called)}; of the true ones found ${percent(found)}`,
  );
}

async function falseAlarms() {
  const outcomes = await worlds(WORLDS.none, { customers: 5000, isNull: true });
  const alarms = outcomes.filter(({ associated }) => associated > 0).length;
  const share = alarms / outcomes.length;
  const text = `null worlds with any item called associated at fdr ${FDR}`;
  report(
    share <= MOST_ALARMS,
    `${text}: ${alarms} of ${outcomes.length}, ${percent(share)} (at most ${percent(MOST_ALARMS)})`,
  );
}

async function coverage() {
  const outcomes = await worlds(WORLDS.coverage, { customers: 2000 });
  for (const [name, key] of [
    ['items with an effect', 'withEffect'],
    ['items without one', 'withoutEffect'],
  ]) {
    const parts = outcomes.map((outcome) => outcome[key]);
    const items = sum(parts.map((part) => part.items));
    const covered = sum(parts.map((part) => part.covered)) / items;
    const bias = sum(parts.map((part) => part.error)) / items / 100;
    const text = `95 % intervals of the difference that hold the truth, ${outcomes.length} worlds of 2,000 customers, ${items} ${name}`;
    report(
      covered >= 0.93 && covered <= 0.97,
      `${text}: ${percent(covered)} (93 to 97 %); mean error ${bias.toFixed(2)} EUR`,
    );
  }
}

const start = performance.now();
try {
  await precision();
  await falseAlarms();
  await coverage();
} finally {
  await pool.stop();
}
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
process.exitCode = failed ? 1 : 0;
