import { type Command, Option } from 'commander';
import {
  creditPaths,
  HALF_LIFE,
  HIGHEST_ORDER,
  MOST_ENUMERATED,
  PAIRS,
  PATH_MODELS,
  type PathModel,
} from '../../ranking/models/attribution';
import { attributionDocument } from '../attribute/document';
import { readPaths } from '../attribute/read-paths';
import { attributionTable } from '../attribute/table';
import { note } from '../notes';
import { decimal, wholeNumber } from '../options';

interface AttributeOptions {
  paths: string;
  model: PathModel;
  order: number;
  nulls: boolean;
  halfLife: number;
  json?: true;
}

const HELP = `
File (CSV, UTF-8, a header row, columns in any order), one row a path, equal ones in any number of rows:
  path                    "a > b > c", from the first touch to the last
  total_conversions       how often the path ended in a conversion
  total_conversion_value  what these were worth together, in any unit (0 where missing)
  total_null              how often the path ended without a conversion (0 where missing)

Models (every one divides all conversions and all the value):
  first, last   all to the first or the last touch
  linear        the same to each touch, also when an item is touched again
  position      40 % to the first touch, 40 % to the last, 20 % over those between; two get half each
  time-decay    each touch counts half of one that comes --half-life touches later
  markov        by removal effect: the share of conversions that a Markov chain of the paths loses when
                every step to the item ends without a conversion; solved exactly. The value follows what
                is lost of it (a negative value in some path: it follows the conversions)
  shapley       by what an item adds to the conversion rate of paths that touched only some items, over
                all orders of the items; below 0 for one that lowers it. Exact up to ${MOST_ENUMERATED} items; beyond,
                an estimate from ${PAIRS} random orders, with standard errors. Without null paths rates say
                nothing, and it is the same to each different item of a path

Output of --json: { model, totalConversions, totalValue, credits: [{ content, conversions, value }] };
markov adds removalEffect to each credit where something converted, an estimate of shapley
conversionsStandardError and valueStandardError.

Credit is a rule for sharing, not a proof of what caused what.

Example:
  $ clv attribute --paths paths.csv --model markov --order 2 --json > credits.json`;

export function attributeCommand(program: Command): void {
  program
    .command('attribute')
    .description('Credit conversions and their value to the content on the paths to them.')
    .requiredOption('--paths <file>', 'CSV file of paths, with conversions, value and nulls')
    .addOption(
      new Option('--model <model>', 'how credit is shared').choices(PATH_MODELS).makeOptionMandatory(),
    )
    .option(
      '--order <k>',
      `markov: how many of the last touches the next one depends on, 1 to ${HIGHEST_ORDER}`,
      wholeNumber(1, HIGHEST_ORDER),
      1,
    )
    .option('--no-nulls', 'markov, shapley: leave out paths that did not convert')
    .option(
      '--half-life <n>',
      'time-decay: after how many touches the weight halves',
      decimal((value) => value > 0, 'above 0'),
      HALF_LIFE,
    )
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

/** The models that each option is for. */
const MODELS_OF: Record<string, readonly PathModel[]> = {
  order: ['markov'],
  nulls: ['markov', 'shapley'],
  halfLife: ['time-decay'],
};

async function run(options: AttributeOptions, command: Command): Promise<void> {
  const { model } = options;
  refuseOptionsOfOthers(model, command);
  const { paths, contents } = await readPaths(options.paths);
  const credited = creditPaths(paths, model, options);
  const document = attributionDocument(model, paths, contents, credited);
  if (document.totalConversions === 0) note(`${options.paths}: no path has a conversion: nothing to credit`);
  if (credited.method) note(SAID[credited.method]);
  process.stdout.write(`${options.json ? JSON.stringify(document) : attributionTable(document)}\n`);
}

function refuseOptionsOfOthers(model: PathModel, command: Command): void {
  for (const option of command.options) {
    const models = MODELS_OF[option.attributeName()];
    const given = command.getOptionValueSource(option.attributeName()) === 'cli';
    if (given && models && !models.includes(model)) {
      command.error(
        `error: option '${option.flags}' is for ${models.join(' and ')} only; leave it out, or choose another --model.`,
      );
    }
  }
}

const SAID = {
  exact: 'shapley: exact, over all sets of items',
  sampled: `shapley: more than ${MOST_ENUMERATED} items, so an estimate from ${PAIRS} random orders (seed 1), each used backwards too`,
  'equal-split': 'shapley: without null paths it is an equal split over the different items of each path',
};
