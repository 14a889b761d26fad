import { type Command, Option } from 'commander';
import { type Forecast, forecast } from '../../clv/models/forecast';
import { dayName, dayNumber, localDaysIn } from '../../clv/models/local-days';
import { orderDays } from '../../clv/models/order-days';
import type { TimeUnit } from '../../clv/models/units';
import { startOfDayIn } from '../../clv/start-of-day';
import { type ContentPart, contentPart } from '../fit/content';
import { fitDocument, type Setting } from '../fit/document';
import { MODEL_CHOICES, type ModelChoice, modelsOf } from '../fit/models';
import { orderColumns } from '../fit/order-columns';
import { writePredictions } from '../fit/predictions-file';
import { readRecords } from '../fit/read-records';
import { fitTable } from '../fit/table';
import { note } from '../notes';
import { calendarDay, decimal, timezone } from '../options';
import type { Numbering } from '../rank/numbering';
import { type Orders, readOrders } from '../rank/read-orders';

interface FitOptions {
  orders: string;
  touches?: string;
  contents?: string;
  model: ModelChoice;
  split?: string;
  end?: string;
  unit: TimeUnit;
  horizon?: number;
  discountRate: number;
  timezone: string;
  value: 'revenue' | 'margin';
  predictions?: string;
  json?: true;
}

const HELP = `
Files (CSV, UTF-8, a header row, columns in any order):
  orders    order_id, customer_id, ordered_at, amount, currency [, cost, status]
            amounts in major units, all in one currency; only paid orders count
  touches   touch_id, customer_id or visitor_id, content_id, kind (view, read or download), occurred_at
            [, content_type, seconds, depth, channel]
  contents  content_id, content_type, title, published_at [, topic]

What counts:
  All orders of a customer on one day are one order, in the time zone of --timezone. Negative amounts
  are refunds: no orders, but taken off the value of the order before. An order of 0 is an order and
  is left out of the spend. The first order of each customer is left out of the spend.
  A month is 365.25 / 12 days.

The holdout:
  With --split, everything (parameters, predictions) is as of that day, the last of the calibration,
  and the time from then to --end is held out to see how good the predictions were.
  Without it, everything is as of --end. "auto" then tries the models on a holdout as long as the
  horizon, at most half of the time, chooses by it, and fits the chosen one again on all orders.
  Choice: lowest RMSE; a model within one standard error of the lowest is taken instead if it has
  fewer parameters or a more natural way to lose customers (pareto-nbd, mbg-nbd, bg-nbd, mbg-cnbd-k,
  bg-cnbd-k, in this order). Where the data identify the parameters of none, it is taken from those
  that predict better than every plain rule, and said so. With fewer than 30 customers with a repeat
  order nothing is fitted, and the plain rule that was closest stands in. Figures of the chosen
  model are of the holdout it was chosen by, and so a little better than what is to be expected of it.

Reading:
  With --touches and --split, the value after the split is also predicted with what people read up to
  it: for customers beside their orders, and for prospects, who had only read (probability to buy ×
  value if so; a visitor whom nothing links to a customer counts as one who did not buy, and one who
  is linked only after the split as a person too: nobody knew then who it was). Both are measured
  with and without reading on people the models have not seen, with 95 % intervals, whichever way it
  falls. JSON: content: { customers, prospects }, each { n, with, without, maeChange, rmseChange,
  giniChange, devianceChange, used, signals, … } or { notEnough }.

Predictions (CSV): customer_id, frequency, recency, age, p_alive, expected_purchases, expected_value, clv
  expected_purchases  orders in the horizon
  expected_value      of one order, by the Gamma-Gamma model (or the mean of all, which is then said)
  clv                 value of the orders in the horizon, discounted to the end of the observation
  What cannot be given is empty.

Example:
  $ clv fit --orders orders.csv --model auto --unit week --horizon 52 --predictions predictions.csv`;

export function fitCommand(program: Command): void {
  program
    .command('fit')
    .description('Fit a model of repeat buying, and predict what each customer will be worth.')
    .requiredOption('--orders <file>', 'CSV file of orders')
    .option('--touches <file>', 'CSV file of touches; needs --split')
    .option('--contents <file>', 'CSV file of content items, for their types and topics')
    .addOption(
      new Option('--model <model>', 'the model, or auto to choose one by a holdout')
        .choices(MODEL_CHOICES)
        .default('auto'),
    )
    .option(
      '--split <day>',
      'last day of the calibration, YYYY-MM-DD (default: nothing is held out)',
      calendarDay,
    )
    .option('--end <day>', 'last day of the data, YYYY-MM-DD (default: that of the last order)', calendarDay)
    .addOption(new Option('--unit <unit>', 'unit of time').choices(['week', 'day', 'month']).default('week'))
    .option(
      '--horizon <n>',
      'how far to predict, in units (default: as long as the holdout, or a year)',
      decimal((value) => value > 0 && value <= LONGEST, `above 0 and at most ${LONGEST}`),
    )
    .option(
      '--discount-rate <rate>',
      'yearly: 0.10 when 110 in a year are worth 100 today',
      decimal((value) => value <= 1, 'from 0 to 1'),
      0.1,
    )
    .option('--timezone <zone>', 'IANA time zone in which days are counted', timezone, 'UTC')
    .addOption(
      new Option('--value <value>', 'what an order is worth')
        .choices(['revenue', 'margin'])
        .default('revenue'),
    )
    .option('--predictions <file>', 'write a CSV file with a row for each customer')
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

/** A century of days. */
const LONGEST = 36_525;

async function run(options: FitOptions, command: Command): Promise<void> {
  if (options.split && options.end && options.split >= options.end) {
    command.error(`error: option '--split <day>' must be before --end: ${options.split}, ${options.end}.`);
  }
  if (options.touches && !options.split) command.error("error: option '--touches <file>' needs --split.");
  if (options.contents && !options.touches) {
    command.error("error: option '--contents <file>' needs --touches.");
  }
  const begun = performance.now();
  const orders = await readOrders(options.orders, options.value, options.timezone);
  const { columns, customerIds, customers, first, last } = orderColumns(
    orders.facts,
    options.timezone,
    Date.now(),
  );
  const today = localDaysIn(options.timezone)(Date.now());
  const end = options.end ? dayNumber(options.end) : last;
  if (end > today) {
    const advice = `leave it out, or name ${dayName(today)} or a day before it`;
    command.error(`error: option '--end <day>' lies in the future: ${options.end}; ${advice}.`);
  }
  const split = options.split ? dayNumber(options.split) : undefined;
  checkDays(options.orders, { first, end, split });

  const days = orderDays(columns, { customers: customerIds.length, timezone: options.timezone, end });
  const models = modelsOf(options.model);
  const result = forecast(days, {
    models,
    unit: options.unit,
    end,
    split,
    horizon: options.horizon,
    yearlyRate: options.discountRate,
    minorUnits: 10 ** orders.digits,
  });
  tellLeftOut(options.orders, days.afterEnd, dayName(end), result.seen.left);
  if (options.predictions) note(await writePredictions(options.predictions, result, customerIds));

  const content = await contentOf(options, result, dayName(end), orders, customers);
  const setting: Setting = {
    currency: orders.currency!,
    value: options.value,
    timezone: options.timezone,
    discountRate: options.discountRate,
    split: options.split,
    end: dayName(end),
    models,
  };
  const document = fitDocument(result, setting, (performance.now() - begun) / 1000, content);
  process.stdout.write(`${options.json ? JSON.stringify(document) : fitTable(document)}\n`);
}

/** null when no touches were given. */
async function contentOf(
  { touches, contents, split, timezone }: FitOptions,
  result: Forecast,
  end: string,
  orders: Orders,
  customers: Numbering,
): Promise<ContentPart | null> {
  if (!touches || !split) return null;
  const startOf = startOfDayIn(timezone);
  const dayAfter = (day: string) => startOf(dayName(dayNumber(day) + 1));
  const cut = dayAfter(split);
  const records = await readRecords(orders, customers, { touches, contents, timezone, cut });
  return contentPart(records, result, cut, dayAfter(end));
}

/** @throws an Error that says why there is nothing to fit */
function checkDays(
  file: string,
  { first, end, split }: { first: number; end: number; split?: number },
): void {
  if (first === Number.POSITIVE_INFINITY) {
    throw new Error(
      `${file}: holds no order that counts: none that is paid, no refund and not in the future`,
    );
  }
  if (end < first) {
    throw new Error(`${file}: the first order is of ${dayName(first)}, after --end ${dayName(end)}`);
  }
  if (split === undefined) return;
  if (split < first) {
    throw new Error(`${file}: the first order is of ${dayName(first)}, after --split ${dayName(split)}`);
  }
  if (split >= end) {
    const advice = 'choose an earlier split, or name a later day with --end if nobody ordered until then';
    throw new Error(`${file}: the last order is of ${dayName(end)}, not after --split; ${advice}`);
  }
}

function tellLeftOut(
  file: string,
  afterEnd: number,
  end: string,
  { bornLater, refundsOnly }: { bornLater: number; refundsOnly: number },
): void {
  if (afterEnd > 0) note(`${file}: ${afterEnd} orders after ${end} are left out`);
  if (bornLater > 0) note(`${file}: ${bornLater} customers first ordered after the split and are left out`);
  if (refundsOnly > 0) note(`${file}: ${refundsOnly} customers have refunds alone and are left out`);
}
