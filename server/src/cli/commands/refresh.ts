import type { Command } from 'commander';
import { minorDigits } from '../../clv/convert';
import type { JobsService } from '../../jobs/service';
import type { RankedItem, RankingPage, RankResult } from '../../ranking/api-types';
import { rankingQuery } from '../../ranking/query';
import { rankingPage } from '../../ranking/snapshots/page';
import { knexOf } from '../../storage/db';
import { followJob } from '../follow-job';
import { serviceOf, withApp } from '../in-app';
import { rankingTable } from '../rank/table';

/** Items shown. */
const TOP = 10;

const HELP = `
Run it in the folder of your Strapi app. It does what "Recompute now" on the Rankings page does, waits,
and shows the best items: of what customers read before their first order, once there is enough of it.

On SQLite stop the server first, or recompute in the admin: two processes cannot write to one SQLite
database at a time.

Exit code: 0 done; 1 failed, or a run is under way already.`;

export function refreshCommand(program: Command): void {
  program
    .command('refresh')
    .description('Compute the rankings of the Strapi app of the current folder now.')
    .option('--json', 'print one JSON document to stdout, and nothing else')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action(run);
}

async function run({ json }: { json?: true }): Promise<void> {
  const { result, page } = await withApp(async (strapi) => {
    const jobs = serviceOf<JobsService>(strapi, 'jobs');
    const { id } = await jobs.start('rank', {}, { startedBy: 'cli', activeKey: 'rank' });
    const job = await followJob(jobs, id, 'ranking');
    const best = rankingQuery.parse({ pageSize: TOP });
    return { result: job.result as RankResult, page: await rankingPage(knexOf(strapi), best, []) };
  });
  process.stdout.write(json ? `${document(result, page)}\n` : `${forPeople(result, page)}\n`);
}

function document(result: RankResult, { snapshot, items }: RankingPage): string {
  return JSON.stringify({ ...result, snapshot, top: items });
}

function forPeople({ population, seconds }: RankResult, { snapshot, items }: RankingPage): string {
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
    'difference: mean value of those who touched it less that of the others; n: how many touched it;',
    'ρ: Spearman; q: false discovery rate. Associated with value is not proof of causing it.',
  ].join('\n');
}
