import { type Command, Option } from 'commander';
import type { ValueResult, ValueRun } from '../../clv/api-types';
import { minorDigits } from '../../clv/convert';
import { latestRun } from '../../clv/runs/latest';
import type { Job } from '../../jobs/api-types';
import type { JobsService } from '../../jobs/service';
import type { RankedItem, RankingPage, RankResult } from '../../ranking/api-types';
import { rankingQuery } from '../../ranking/query';
import { rankingPage } from '../../ranking/snapshots/page';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { followJob } from '../follow-job';
import { serviceOf, withApp } from '../in-app';
import { CAPTION, rankingTable } from '../rank/table';

/** Items shown. */
const TOP = 10;

const HELP = `
Run it in the folder of your Strapi app. It does what the buttons on the Value and Rankings pages do: it
fits the value engine and says what everyone is worth, then ranks, waits, and shows the best items: of
what customers read before their first order, once there is enough of it. --only does one of the two.

On SQLite stop the server first, or start the runs in the admin: two processes cannot write to one SQLite
database at a time.

Exit code: 0 done; 1 failed, or a run is under way already.`;

interface Options {
  json?: true;
  only?: 'value' | 'ranking';
}

interface Refreshed {
  value: (ValueResult & { run: ValueRun }) | null;
  ranking: (RankResult & { page: RankingPage }) | null;
}

export function refreshCommand(program: Command): void {
  program
    .command('refresh')
    .description('Fit the value engine and compute the rankings of the Strapi app of the current folder now.')
    .addOption(new Option('--only <what>', 'do one of the two').choices(['value', 'ranking']))
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

async function run({ json, only }: Options): Promise<void> {
  const refreshed = await withApp(async (strapi): Promise<Refreshed> => {
    // Values first, since rankings may go by them.
    const value = only === 'ranking' ? null : await refreshValues(strapi);
    return { value, ranking: only === 'value' ? null : await refreshRanking(strapi) };
  });
  process.stdout.write(json ? `${document(refreshed)}\n` : `${forPeople(refreshed)}\n`);
}

async function follow(strapi: Strapi, kind: Job['kind'], word: string): Promise<unknown> {
  const jobs = serviceOf<JobsService>(strapi, 'jobs');
  const { id } = await jobs.start(kind, {}, { startedBy: 'cli', activeKey: kind });
  return (await followJob(jobs, id, word)).result;
}

async function refreshValues(strapi: Strapi): Promise<Refreshed['value']> {
  const result = (await follow(strapi, 'value', 'values')) as ValueResult;
  return { ...result, run: (await latestRun(knexOf(strapi)))! };
}

async function refreshRanking(strapi: Strapi): Promise<Refreshed['ranking']> {
  const result = (await follow(strapi, 'rank', 'ranking')) as RankResult;
  const best = rankingQuery.parse({ pageSize: TOP });
  return { ...result, page: await rankingPage(knexOf(strapi), best, [], []) };
}

/** The ranking's own figures stand at the top, as they did before there were values. */
function document({ value, ranking }: Refreshed): string {
  if (!ranking) return JSON.stringify({ value });
  const { page, ...result } = ranking;
  return JSON.stringify({ ...result, snapshot: page.snapshot, top: page.items, value });
}

function forPeople({ value, ranking }: Refreshed): string {
  return [...(value ? [valueLines(value)] : []), ...(ranking ? [rankingLines(ranking)] : [])].join('\n\n');
}

function valueLines({ customers, prospects, seconds, run }: NonNullable<Refreshed['value']>): string {
  const head = `${customers} customers and ${prospects} prospects valued in ${seconds.toFixed(1)} s`;
  if (run.problem) return `${head}\n${run.problem}`;
  return `${head}; ${run.model ?? 'no model'}, ${run.horizonDays} days ahead, ${run.currency}${run.simulated ? '; simulated data' : ''}`;
}

function rankingLines({ population, seconds, page }: NonNullable<Refreshed['ranking']>): string {
  const { snapshot, items } = page;
  const head = `${population} persons, ${snapshot?.items ?? 0} items, ranked in ${seconds.toFixed(1)} s`;
  if (!snapshot || items.length === 0) {
    return `${head}\nThere is nothing to rank yet: track content, identify readers and import orders first.`;
  }
  const { landmark, value, currency, simulated } = snapshot;
  const rows = items.map((item: RankedItem) => ({ title: item.title, figures: item }));
  return [
    `${head}; landmark ${landmark}; ${value} in ${currency}${simulated ? '; simulated data' : ''}`,
    '',
    rankingTable(rows, minorDigits(currency)),
    '',
    ...CAPTION,
  ].join('\n');
}
