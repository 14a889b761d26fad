// Computes the ranking by the same job as "Recompute now" in the admin, and prints its top.
import { finished } from './admin.mjs';
import { progressBar } from './progress.mjs';

const TOP = 10;
/** Of the column of titles. */
const WIDTH = 58;

export async function runRanking(api) {
  const { jobId } = await api('/clv/rankings/run', { json: {} });
  const bar = progressBar('Computing the ranking', 100);
  let done = 0;
  const { items, seconds } = await finished(api, jobId, (progress) => {
    bar(Math.floor(100 * progress) - done);
    done = Math.floor(100 * progress);
  });
  bar(100 - done);
  console.log(`Ranked ${items} items in ${seconds.toFixed(1)} s`);
}

const cut = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text);
const small = (probability) => (probability < 0.001 ? '<0.001' : probability.toFixed(3));

function line(item, currency) {
  const money = new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 });
  const signed = (value) => (value > 0 ? '+' : '') + money.format(value);
  const difference =
    item.difference === null
      ? '–'
      : `${signed(item.difference)} (${signed(item.differenceLow)} … ${signed(item.differenceHigh)})`;
  const locale = item.locale ? ` [${item.locale}]` : '';
  return [
    String(item.position).padStart(2),
    (cut(item.title, WIDTH - locale.length) + locale).padEnd(WIDTH),
    item.kind.padEnd(11),
    String(item.exposed).padStart(7),
    difference.padStart(30),
    (item.qValue === null ? '–' : small(item.qValue)).padStart(6),
    item.verdict,
  ].join('  ');
}

/** The top ten of the latest ranking as a table. */
export async function printRanking(api) {
  const { snapshot, items } = await api(`/clv/rankings?landmark=first-order&page=1&pageSize=${TOP}`);
  if (!snapshot) throw new Error('There is no ranking; npm start -- --fresh begins anew.');
  console.log(
    `\nWhat ${snapshot.population} customers read before their first order, by how it goes with their lifetime value (simulated data):\n`,
  );
  const head = [
    ' #',
    'Title'.padEnd(WIDTH),
    'Kind'.padEnd(11),
    'Read by',
    'Value, readers against others'.padStart(30),
    '     q',
    'Verdict',
  ];
  console.log(head.join('  '));
  for (const item of items) console.log(line(item, snapshot.currency));
}
