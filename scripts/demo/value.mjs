// Fits the value engine by the same job as the button in the admin, and prints what it says.
import { finished } from './admin.mjs';
import { progressBar } from './progress.mjs';

export async function runValue(api) {
  const { jobId } = await api('/clv/value/run', { json: {} });
  const bar = progressBar('Fitting the value engine', 100);
  let done = 0;
  const { customers, prospects, seconds } = await finished(api, jobId, (progress) => {
    bar(Math.floor(100 * progress) - done);
    done = Math.floor(100 * progress);
  });
  bar(100 - done);
  console.log(`Valued ${customers} customers and ${prospects} prospects in ${seconds.toFixed(1)} s`);
}

/** Three lines: the model, what is predicted, and the tiers. */
export async function printValue(api) {
  const { run, report } = await api('/clv/value');
  if (!run) return;
  const money = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: run.currency,
    maximumFractionDigits: 0,
  });
  const content = run.content.customers || run.content.prospects ? 'with' : 'without';
  const { figure } = report.tiles.find(({ key }) => key === 'predictedClv');
  const predicted =
    'value' in figure && figure.low !== null
      ? [figure.value, figure.low, figure.high].map((mean) => money.format(mean * figure.n))
      : null;
  console.log(
    `\nWhat ${run.customers} customers are worth over the next ${run.horizonDays} days (simulated data):\n`,
  );
  console.log(`  Model      ${run.model ?? run.problem}, ${content} what they read`);
  console.log(
    `  Predicted  ${predicted ? `${predicted[0]} (${predicted[1]} … ${predicted[2]})` : 'not enough data'}`,
  );
  const tiers = report.tiers.rows.map(
    ({ tier, customers, value, predicted: more }) =>
      `${tier} ${customers} (${money.format(value + (more ?? 0))})`,
  );
  console.log(`  Tiers      ${tiers.join(', ')}`);
}
