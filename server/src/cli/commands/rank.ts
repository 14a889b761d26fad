import { type Command, Option } from 'commander';
import type { Figures } from '../../ranking/api-types';
import { ITEMS_NEEDED } from '../../ranking/models/empirical-null';
import { falsify } from '../../ranking/models/falsification/falsify';
import { ordersOf, rankInputOf } from '../../ranking/models/history';
import { inMajorUnits } from '../../ranking/models/in-major-units';
import { divisionOf } from '../../ranking/models/landmark';
import { type Ranking, rank } from '../../ranking/models/rank';
import { note } from '../notes';
import { decimal, timezone } from '../options';
import { balanceTable } from '../rank/balance-table';
import { checkLines } from '../rank/check-lines';
import { historyOfFiles, type RankFiles } from '../rank/history-of-files';
import { CAPTION, rankingTable } from '../rank/table';

interface RankOptions extends RankFiles {
  landmark: string;
  fdr: number;
  balance?: true;
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
  orders    order_id, customer_id, ordered_at, amount, currency [, cost, status, channel]
            amounts in major units, all in one currency; negative ones are refunds;
            status is paid, refunded or cancelled, and only paid orders count
  touches   touch_id, customer_id or visitor_id, content_id, kind, occurred_at [, channel]
            with both ids on some rows, a visitor's other touches are linked to the customer
  contents  content_id, content_type, title, published_at
            names the items to list, those that nobody touched too; who was last seen before an
            item came out had no opportunity to touch it and is not compared

Landmarks (what is compared with what):
  first-order   touches before each customer's first order, with the value of all their orders
  YYYY-MM-DD    touches before that day, with the value of the orders from it on
  all           any touch with all orders; reading and buying are not divided: for comparison only

How items are compared:
  plain         everyone who touched the item with everyone who did not
  adjusted      persons who touched as many other items, and who are alike in tenure, days of visits,
                first channel (of their first touch or order that names one; outside first-order only
                where it is known of non-buyers too) and value before they first touched anything;
                an item is refused where there is too little overlap
  excess        the adjusted difference in log(1 + value), less that of the typical item of like
                reach: what is left where everybody who touches much is worth much. What is typical
                needs ${ITEMS_NEEDED} comparable items, and assumes that most items are ordinary

Verdicts (by the excess, at --fdr), for items with 30 persons on both sides:
  associated           goes with more value than the typical item
  below typical        with less
  not distinguishable  neither is clear of chance, or there is no fair comparison
  support-like         read by customers far more than the typical item is; not tested
  not enough data      fewer than 30 persons on a side
They say what goes together, not what causes what. Items stand in the order of a score: the excess
drawn towards the mean of all where it is uncertain, and of that the lower end.

Checks try to prove the ranking wrong and are always made: by value from before the reading (negative
control), by values shuffled among like persons, and by two random halves of the persons. A further one,
value before, asks whether readers had been worth more before an item came out: where they had, the
plain figures show who was chosen for it, or who reads at all. With --json checks are told on stderr.

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
    .addOption(
      new Option(
        '--balance',
        'add how alike those compared are: standardised differences of every trait before → after, effective n',
      ).conflicts('json'),
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
  const input = rankInputOf(history, division, { fdr: options.fdr, unit: 10 ** digits });
  const ranking = rank(input);
  const checks = checkLines(falsify(input, ranking, ordersOf(history)));
  const rows = ranking.items.map(({ item, figures, detail }) => ({
    contentId: contentIds[item]!,
    title: titles[item]!,
    figures: inMajorUnits(figures, digits),
    detail,
  }));
  const head = {
    population: input.scope.population.size,
    items: rows.length,
    landmark: options.landmark,
    value: options.value,
  };
  if (options.json) {
    for (const line of checks) note(line);
    const ranking = rows.map(({ contentId, figures }) => ({ contentId, ...documented(figures) }));
    process.stdout.write(`${JSON.stringify({ ...head, ranking })}\n`);
    return;
  }
  const parts = [
    [headline(head, currency)],
    [rankingTable(rows, digits)],
    [...whatIsTypical(ranking), ...CAPTION],
    checks,
    ...(options.balance ? [[balanceTable(rows)], BALANCE_CAPTION] : []),
  ];
  process.stdout.write(`${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

function documented(figures: Figures): Partial<Figures> {
  return Object.fromEntries(KEYS.map((key) => [key, figures[key]]));
}

function headline(
  head: { population: number; items: number; landmark: string; value: string },
  currency: string | null,
): string {
  const unit = currency ? ` in ${currency}` : '';
  const comparison = head.landmark === 'all' ? ' (reading and buying not divided: for comparison only)' : '';
  return `${head.population} persons, ${head.items} items; landmark ${head.landmark}${comparison}; ${head.value}${unit}`;
}

function whatIsTypical({ typical, comparable }: Ranking): string[] {
  if (!typical) {
    return [
      `Only ${comparable} items are comparable, of ${ITEMS_NEEDED} that it takes to tell what is typical: no item is said to exceed it,`,
      'and none is associated or below typical. The order is that of the adjusted difference.',
    ];
  }
  return [
    `Typical is what the ${comparable} comparable items have in common: about ${(100 * typical.ordinary).toFixed(0)} % of them are taken for ordinary,`,
    `and ordinary ones differ by about ${(100 * Math.expm1(typical.spread)).toFixed(0)} % beyond chance. That assumes that most items are ordinary.`,
  ];
}

const BALANCE_CAPTION = [
  'Standardised differences (in standard deviations) of those who touched an item against the others, as they are → compared within',
  'cells; beyond ±0.1 they are usually called unbalanced. effective n: what the weighted persons are worth, those who touched it /',
  'the others; unmatched: who touched it and is like nobody who did not. channel: the one that is furthest apart.',
];
