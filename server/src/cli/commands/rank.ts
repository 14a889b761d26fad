import { type Command, Option } from 'commander';
import type { Figures } from '../../ranking/api-types';
import { rankHistory } from '../../ranking/models/history';
import { inMajorUnits } from '../../ranking/models/in-major-units';
import { divisionOf } from '../../ranking/models/landmark';
import { decimal, timezone } from '../options';
import { historyOfFiles, type RankFiles } from '../rank/history-of-files';
import { rankingTable, type TableRow } from '../rank/table';

interface RankOptions extends RankFiles {
  landmark: string;
  fdr: number;
  json?: true;
}

/** The figures of the JSON document, in its order. */
const KEYS = [
  'exposed',
  'unexposed',
  'rho',
  'rhoLow',
  'rhoHigh',
  'pValue',
  'qValue',
  'rankBiserial',
  'meanExposed',
  'meanUnexposed',
  'difference',
  'differenceLow',
  'differenceHigh',
  'adjustedRho',
  'adjustedRhoLow',
  'adjustedRhoHigh',
  'adjustedDifference',
  'adjustedDifferenceLow',
  'adjustedDifferenceHigh',
  'excess',
  'excessLow',
  'excessHigh',
  'score',
  'verdict',
] as const satisfies (keyof Figures)[];

const HELP = `
Files (CSV, UTF-8, a header row, columns in any order):
  orders    order_id, customer_id, ordered_at, amount, currency [, cost, status]
            amounts in major units, all in one currency; negative ones are refunds;
            status is paid, refunded or cancelled, and only paid orders count
  touches   touch_id, customer_id or visitor_id, content_id, kind, occurred_at
            with both ids on some rows, a visitor's other touches are linked to the customer
  contents  content_id, content_type, title, published_at
            names the items to list, those that nobody touched too

Landmarks (what is compared with what):
  first-order   touches before each customer's first order, with the value of all their orders
  YYYY-MM-DD    touches before that day, with the value of the orders from it on
  all           any touch with all orders; reading and buying are not divided: for comparison only

Verdicts say what goes together, not what causes what. Items need 30 persons on both sides.

Example:
  $ clv rank --orders orders.csv --touches touches.csv --contents contents.csv --json > ranking.json`;

export function rankCommand(program: Command): void {
  program
    .command('rank')
    .description('Rank content by how it goes with what customers are worth.')
    .requiredOption('--orders <file>', 'CSV file of orders')
    .requiredOption('--touches <file>', 'CSV file of what was viewed, read and downloaded')
    .option('--contents <file>', 'CSV file of the content items to list (default: those in the touches)')
    .option('--landmark <landmark>', 'all, first-order or a day YYYY-MM-DD', 'first-order')
    .addOption(
      new Option('--value <value>', 'what a customer is worth')
        .choices(['revenue', 'margin'])
        .default('revenue'),
    )
    .option('--fdr <rate>', 'false discovery rate of the verdicts', decimal(isRate, 'between 0 and 1'), 0.1)
    .option(
      '--timezone <zone>',
      'IANA time zone in which bare dates, such as a landmark day, begin',
      timezone,
      'UTC',
    )
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

const isRate = (value: number): boolean => value > 0 && value < 1;

async function run(options: RankOptions, command: Command): Promise<void> {
  const division = divisionOf(options.landmark, options.timezone);
  if (!division) {
    const message = `error: option '--landmark <landmark>' argument '${options.landmark}' is invalid.`;
    command.error(`${message} It must be all, first-order or an existing day such as 2026-01-31.`);
  }
  const { history, contentIds, titles, currency, digits } = await historyOfFiles(options);
  const ranking = rankHistory(history, division, { fdr: options.fdr, unit: 10 ** digits });
  const ranked = ranking.items.map(({ item, figures }) => ({
    contentId: contentIds[item]!,
    title: titles[item]!,
    figures: inMajorUnits(figures, digits),
  }));
  const head = {
    population: ranking.population,
    items: ranked.length,
    landmark: options.landmark,
    value: options.value,
  };
  if (options.json) {
    const ranking = ranked.map(({ contentId, figures }) => ({ contentId, ...documented(figures) }));
    process.stdout.write(`${JSON.stringify({ ...head, ranking })}\n`);
  } else {
    process.stdout.write(`${forPeople(head, ranked, currency, digits)}\n`);
  }
}

function documented(figures: Figures): Partial<Figures> {
  return Object.fromEntries(KEYS.map((key) => [key, figures[key]]));
}

function forPeople(
  head: { population: number; items: number; landmark: string; value: string },
  rows: TableRow[],
  currency: string | null,
  digits: number,
): string {
  const unit = currency ? ` in ${currency}` : '';
  const comparison = head.landmark === 'all' ? ' (reading and buying not divided: for comparison only)' : '';
  return [
    `${head.population} persons, ${head.items} items; landmark ${head.landmark}${comparison}; ${head.value}${unit}`,
    '',
    rankingTable(rows, digits),
    '',
    'difference: mean value of those who touched it less that of the others; n: how many touched it;',
    'ρ: Spearman; q: false discovery rate. Associated with value is not proof of causing it.',
  ].join('\n');
}
