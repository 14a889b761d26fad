import { createWriteStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { ImportKind, ImportResult } from '../../crm/api-types';
import { MissingColumns } from '../../crm/csv/read-csv';
import { fileRows } from '../../crm/import/file-rows';
import type { ImportsService } from '../../crm/import/service';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { followJob } from '../follow-job';
import { serviceOf, withApp } from '../in-app';
import { note } from '../notes';

/** In the order of trial when a file is told by its header: orders and subscriptions name customers too. */
const KINDS = ['orders', 'subscriptions', 'costs', 'customers'] as const satisfies ImportKind[];

type ImportOptions = Record<ImportKind, string[]> & { json?: true };

interface Source {
  kind: ImportKind;
  file: string;
}

/** What became of one file. */
interface Imported extends ImportResult {
  /** Where the rejected rows lie, or null when there are none. */
  errors: string | null;
}

const HELP = `
Run it in the folder of your Strapi app. Files are CSV (UTF-8, a header row, columns in any order):
  orders         order_id, customer_id, ordered_at, amount, currency
                 [, cost, product_line, channel, deal_created_at, status]
  customers      customer_id [, email, channel, acquired_at, acquisition_cost,
                 service_cost_per_month, segment, currency, company, nps, ces]
  subscriptions  subscription_id, customer_id, started_at, mrr, currency
                 [, ended_at, product_line, billing_months]
  costs          month (YYYY-MM), channel, amount, currency [, product_line, segment]
Amounts are in major units (1234.50); negative orders are refunds; orders refunded or cancelled as a
whole say so in status. A bare date begins at midnight of clv.config.value.timezone. Emails are kept
as keyed hashes only. A cost is known by its month, channel, product line and segment, every other row
by its id.

The same file imported twice changes nothing. A column that the file lacks keeps what is stored, an
empty cell clears it. Rows that cannot be taken are written to <file>.errors.csv with their reason;
correct them there and import that file. On SQLite stop the server first, or import in the admin: two
processes cannot write to one SQLite database at a time.

Exit code: 0 done, though rows may have been rejected; 1 failed, or no row could be taken.

Examples:
  $ clv import --customers customers.csv --orders orders.csv
  $ clv import costs marketing.csv
  $ clv import export/*.csv --json`;

const also = (value: string, previous: string[]) => [...previous, value];

export function importCommand(program: Command): void {
  program
    .command('import')
    .description(
      'Import orders, customers, subscriptions and costs into the Strapi app of the current folder.',
    )
    .argument('[files...]', 'CSV files, told apart by their columns; or one of the four words and its files')
    .option('--orders <file>', 'CSV file of orders (may be repeated)', also, [])
    .option('--customers <file>', 'CSV file of customers (may be repeated)', also, [])
    .option('--subscriptions <file>', 'CSV file of subscriptions (may be repeated)', also, [])
    .option('--costs <file>', 'CSV file of what marketing and sales cost (may be repeated)', also, [])
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .addHelpText('after', HELP)
    .action(run);
}

async function run(files: string[], options: ImportOptions, command: Command): Promise<void> {
  const sources = KINDS.flatMap((kind) => options[kind].map((file): Source => ({ kind, file })));
  const [first, ...rest] = files;
  const word = KINDS.find((kind) => kind === first);
  if (word) sources.push(...rest.map((file): Source => ({ kind: word, file })));
  const unnamed = word ? [] : files;
  if (sources.length + unnamed.length === 0) {
    command.error('error: name at least one file, such as --orders <file> or --customers <file>');
  }
  for (const { file } of sources) await readable(file);
  for (const file of unnamed) sources.push({ kind: await kindOf(file), file });
  // Customers before orders, by the alphabet: then orders find them on record.
  sources.sort((a, b) => a.kind.localeCompare(b.kind));

  const imported = await withApp(async (strapi) => {
    const results: Imported[] = [];
    for (const source of sources) results.push(await importFile(strapi, source));
    return results;
  });

  if (options.json) process.stdout.write(`${JSON.stringify({ files: imported })}\n`);
  else for (const result of imported) process.stdout.write(`${forPeople(result)}\n`);
  const lost = imported.filter(({ rows, rejected }) => rows > 0 && rejected === rows);
  if (lost.length > 0) {
    throw new Error(
      `no row could be taken of ${lost.map(({ file }) => file).join(', ')}; see its errors file`,
    );
  }
}

async function readable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new Error(`${file}: there is no such file, or it may not be read`);
  });
}

/** What a file holds, by its header. */
async function kindOf(file: string): Promise<ImportKind> {
  await readable(file);
  for (const kind of KINDS) {
    try {
      for await (const _ of fileRows(file, kind)) break;
      return kind;
    } catch (error) {
      if (!(error instanceof MissingColumns)) throw error;
    }
  }
  throw new Error(`${file}: it has the columns of none of ${KINDS.join(', ')}; see clv import --help`);
}

async function importFile(strapi: Strapi, { kind, file }: Source): Promise<Imported> {
  const imports = serviceOf<ImportsService>(strapi, 'imports');
  const { id } = await imports.start({ kind, path: path.resolve(file), file, temporary: false }, 'cli');
  const job = await followJob(serviceOf<JobsService>(strapi, 'jobs'), id, file);
  const result = job.result as ImportResult;
  const errors = result.rejected > 0 ? `${file}.errors.csv` : null;
  if (errors) {
    await pipeline(imports.errorsCsv(id), createWriteStream(errors));
    note(`${file}: ${result.rejected} of ${result.rows} rows were rejected; why and which: ${errors}`);
  }
  for (const text of result.notes) note(`${file}: ${text}`);
  return { ...result, errors };
}

function forPeople({ file, kind, created, updated, unchanged, duplicates, rejected }: Imported): string {
  const counts = { created, updated, unchanged, rejected, ...(duplicates > 0 && { duplicates }) };
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return `${file}: ${kind}: ${told.join(', ')}`;
}
