import type { Command } from 'commander';
import { trueItems } from '../../ranking/models/simulate/catalogue';
import { simulateWorld } from '../../ranking/models/simulate/world';
import { decimal, wholeNumber } from '../options';
import { readEffects } from '../simulate/read-effects';
import { type WrittenOptions, writeWorld } from '../simulate/write-world';

interface SimulateOptions extends WrittenOptions {
  effects?: string;
}

const HELP = `
Writes into the folder: orders.csv, touches.csv, contents.csv, customers.csv, and truth.json, which
tells by how much reading each item before the first order raises a customer's expected value:
  { seed, customers, contents, confounding, currency, items: [{ contentId, effect, true }] }
The same options give the same files everywhere. Unless --true-share or --effects say otherwise, every
fifth item raises value. With confounding, hidden activity makes some people both read and buy more, so that
items seem to raise value which do not. With --reading, items have topics (column topic), people like
some more than others, and the liking of two topics goes with how often they order, now and later;
who is no customer any more reads less. --reading 0 draws the topics without that. With --prospects,
that share of the people only reads for months before a first order, if one ever comes; those who
never order are in touches.csv and customers.csv. With --support, that many of the items without effect
are support pages: hardly read before the first order, and after it the more the more orders come.
What is asked for stands in truth.json: trueShare, reachRatio, support, prospects, reading and
  topics: [{ topic, effect }]   effect on ln(rate of orders) per standard deviation of the liking
  items: [{ …, support: true }] the support pages

Example:
  $ clv simulate --customers 5000 --contents 40 --seed 1 --out world
  $ clv rank --orders world/orders.csv --touches world/touches.csv --contents world/contents.csv`;

const isShare = (value: number): boolean => value <= 1;

export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('Write a simulated world of customers, and the truth about it.')
    .requiredOption('--customers <n>', 'how many customers', wholeNumber(1, 10_000_000))
    .requiredOption('--contents <k>', 'how many content items', wholeNumber(1, 100_000))
    .requiredOption(
      '--seed <s>',
      'a whole number that the world follows from',
      wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    )
    .requiredOption('--out <dir>', 'folder for the files; made if missing, files of these names are replaced')
    .option(
      '--effects <file>',
      'CSV file content_id,effect (major units) that replaces the effects of its items',
    )
    .option(
      '--true-share <share>',
      'share of the items that raise value, 0 to 1 (default: 0.2)',
      decimal(isShare, 'from 0 to 1'),
    )
    .option(
      '--reach-ratio <r>',
      'how many times as many people read the most read item as the least read one (default: 10)',
      decimal((value) => value >= 1 && value <= 10_000, 'from 1 to 10000'),
    )
    .option(
      '--support <n>',
      'how many of the items without effect are support pages (default: none)',
      wholeNumber(0, 100_000),
    )
    .option(
      '--confounding <c>',
      'how much hidden activity drives reading and buying, 0 to 1',
      decimal(isShare, 'from 0 to 1'),
      0,
    )
    .option(
      '--prospects <share>',
      'share of the people who only read for a long time, 0 to 1 (default: none)',
      decimal(isShare, 'from 0 to 1'),
    )
    .option(
      '--reading <strength>',
      'how much the topics that people read tell of their orders, 0 to 1 (default: no topics)',
      decimal(isShare, 'from 0 to 1'),
    )
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

async function run({ effects: file, ...options }: SimulateOptions, command: Command): Promise<void> {
  const { contents, support = 0 } = options;
  const ordinary = contents - trueItems(options);
  if (support > ordinary) {
    command.error(
      `error: option '--support <n>' is ${support}, but only ${ordinary} items are without effect.`,
    );
  }
  const effects = file ? await readEffects(file, options) : undefined;
  const world = simulateWorld({ ...options, effects });
  const written = await writeWorld(world, options);
  const raising = world.items.filter(({ effect }) => effect !== 0).length;
  process.stdout.write(`${written.join('\n')}\n${raising} of ${options.contents} items truly change value\n`);
}
