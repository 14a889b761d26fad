import { type Command, CommanderError, Option } from 'commander';
import type { StreamName } from '../../crm/sync/api-types';
import type { ConnectionRow } from '../../crm/sync/connections/rows';
import type { ConnectionsService } from '../../crm/sync/connections/service';
import type { PushService } from '../../crm/sync/push/service';
import type { SyncService } from '../../crm/sync/service';
import { listStreams, type StreamRow } from '../../crm/sync/streams/state';
import { reasonOf } from '../../jobs/errors';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { followJob } from '../follow-job';
import { serviceOf, withApp } from '../in-app';
import { note } from '../notes';
import { type Synced, syncTable } from '../sync/table';

/** Customers before their orders, and what comes of both last. */
const STREAMS: StreamName[] = ['customers', 'orders', 'subscriptions', 'push'];

const HELP = `
Run it in the folder of your Strapi app. It does what "Run now" does on the CRM page: one stream after the
other, of each connection that is switched on: customers, orders and subscriptions are pulled, then values
and reading are pushed. A stream goes on where it was, however it ended before. Streams that are paused are
left out unless --stream names them; what fails does not keep the others from their turn.

Values that are pushed come from the last run of the value engine: "clv refresh --only value" makes one.

On SQLite stop the server first, or start the runs in the admin: two processes cannot write to one SQLite
database at a time.

Example:
  npx clv sync --connection "Our CRM" --stream orders --json

Columns, and keys in JSON: seen (records, or messages of a push), created and updated (of a push: notes, and
customers whose fields were written), unchanged, failed (shown on the CRM page with the reason), removed and
merged (in the CRM), requests, seconds.

Exit code: 0 done; 1 a stream failed, or is under way already; 2 wrong usage.`;

interface Options {
  connection?: string;
  stream?: StreamName;
  json?: true;
}

export function syncCommand(program: Command): void {
  program
    .command('sync')
    .description('Pull from and push to the CRMs of the Strapi app of the current folder now.')
    .option('--connection <name>', 'do one connection, by its name or id')
    .addOption(new Option('--stream <stream>', 'do one stream').choices(STREAMS))
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

async function run({ connection, stream, json }: Options): Promise<void> {
  const runs = await withApp(async (strapi) => {
    // Nothing runs here but what was asked for.
    serviceOf<SyncService>(strapi, 'sync').close();
    serviceOf<PushService>(strapi, 'push').close();
    strapi.cron.stop();
    const connections = await chosen(strapi, connection);
    const streams = await listStreams(knexOf(strapi));
    const synced: Synced[] = [];
    for (const one of connections) {
      const own = streams.filter(({ connectionId }) => connectionId === one.id);
      for (const name of streamsOf(one, own, stream)) synced.push(await sync(strapi, one, name));
    }
    return synced;
  });
  process.stdout.write(json ? `${JSON.stringify({ runs })}\n` : `${syncTable(runs)}\n`);
  const failed = runs.filter(({ error }) => error !== null);
  if (failed.length > 0) throw new Error(`${failed.length} of ${runs.length} streams failed.`);
}

async function chosen(strapi: Strapi, wanted: string | undefined): Promise<ConnectionRow[]> {
  const all = await serviceOf<ConnectionsService>(strapi, 'connections').list();
  if (wanted === undefined) return all.filter(({ enabled }) => enabled);
  const one = all.filter(({ id, name }) => id === wanted || name === wanted);
  if (one.length > 0) return one;
  const names = all.map(({ name }) => `"${name}"`).join(', ') || 'none; connect a CRM in the admin first';
  const message = `There is no connection "${wanted}". There are: ${names}.`;
  note(message);
  throw new CommanderError(2, 'clv.connection', message);
}

function streamsOf({ name, push }: ConnectionRow, rows: StreamRow[], wanted?: StreamName): StreamName[] {
  return STREAMS.filter((stream) => {
    const row = rows.find((some) => some.stream === stream);
    if (!row || (wanted && wanted !== stream) || (stream === 'push' && !push.enabled)) return false;
    if (row.paused && !wanted) note(`${name}: ${stream} is paused; --stream ${stream} runs it all the same.`);
    return !row.paused || wanted !== undefined;
  });
}

/** One run of one stream; its error is part of what became of it. */
async function sync(strapi: Strapi, { id, name }: ConnectionRow, stream: StreamName): Promise<Synced> {
  const jobs = serviceOf<JobsService>(strapi, 'jobs');
  const done: Synced = { connection: name, stream, result: null, error: null };
  let jobId: string | null = null;
  try {
    jobId = await serviceOf<SyncService>(strapi, 'sync').run(id, stream, 'cli');
    await followJob(jobs, jobId, `${name}: ${stream}`);
  } catch (error) {
    done.error = reasonOf(error);
  }
  const job = jobId && (await jobs.get(jobId));
  return { ...done, result: job ? (job.result as Synced['result']) : null };
}
