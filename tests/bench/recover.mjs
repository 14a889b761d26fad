// Do fits find the parameters that made the data, and do their standard errors say how far off they are?
//   node tests/bench/recover.mjs            200 seeds of 8,000 customers each for every model, some minutes
//   node tests/bench/recover.mjs --quick    20 seeds
//   node tests/bench/recover.mjs MBG Gamma  only the models whose names hold one of these words
// For each parameter the share of seeds whose 95 % interval holds the truth: estimate ± 1.96 standard errors, for positive
// parameters on the scale of logarithms. Exits with 1 when a share is not within 90 to 99 %.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { check, finish, median } from './support/figures.mjs';

const quick = process.argv.includes('--quick');
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const SEEDS = quick ? 20 : 200;
const CUSTOMERS = 8000;
/** Of so few seeds, one more or less is already 5 %. */
const [LEAST, MOST] = quick ? [0.75, 1] : [0.9, 0.99];
const WIDTH = 1.96;

const folder = await mkdtemp(path.join(tmpdir(), 'clv-recover-'));
const outfile = path.join(folder, 'studies.cjs');
await build({
  entryPoints: [path.join(import.meta.dirname, 'support/recover-studies.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
});
const { studies } = createRequire(import.meta.url)(outfile);
await rm(folder, { recursive: true });

/** How far off an estimate is, in standard errors. */
const distance = ({ truth, estimate, standardError, positive }) =>
  positive ? Math.log(estimate / truth) / (standardError / estimate) : (estimate - truth) / standardError;

for (const { name, recover } of studies) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const fits = Array.from({ length: SEEDS }, (_, i) => recover(CUSTOMERS, i + 1));
  const usable = fits.flatMap(({ recovered }) => (recovered ? [recovered] : []));
  const time = median(fits.map(({ fitMilliseconds }) => fitMilliseconds));
  check(
    `${name}: all of ${SEEDS} fits converged and were identified`,
    usable.length === SEEDS,
    `${usable.length}; a fit took ${time.toFixed(1)} ms (median)`,
  );
  usable[0]?.forEach(({ name: parameter, truth }, k) => {
    const of = usable.map((recovered) => recovered[k]);
    const within = (far) => of.filter((one) => Math.abs(far(one)) <= WIDTH).length / of.length;
    const share = within(distance);
    const plain = within(({ estimate, standardError }) => (estimate - truth) / standardError);
    const bias = of.reduce((sum, { estimate }) => sum + estimate, 0) / of.length / truth - 1;
    check(
      `${name} ${parameter} = ${truth}`,
      share >= LEAST && share <= MOST,
      `covered ${(100 * share).toFixed(1)} % (± on its own scale ${(100 * plain).toFixed(1)} %), mean off by ${(100 * bias).toFixed(2)} %`,
    );
  });
}
finish();
