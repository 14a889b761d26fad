import type { Knex } from 'knex';
import type { ValueReport } from '../../clv/api-types';
import { latestRun, readSection } from '../../clv/runs/latest';
import type { ErrorKind } from '../../crm/sync/api-types';
import type { WidgetData } from './api-types';
import { rankingMoves } from './movers';

/** These pass without anybody's help. */
const PASSING: ErrorKind[] = ['rate-limit', 'transient'];

/** CLV:CAC of the last run, as the Value page has it. */
async function valueNow(knex: Knex): Promise<NonNullable<WidgetData['value']>> {
  const run = await latestRun(knex);
  if (!run) return { at: null, ratio: null, target: null };
  const report = await readSection<ValueReport>(knex, run.id, 'report');
  const tile = report?.tiles.find(({ key }) => key === 'ratio');
  return { at: run.createdAt, ratio: tile?.figure ?? null, target: tile?.target ?? null };
}

/** How many CRMs are connected, and which of them wait for somebody. */
async function syncHealth(knex: Knex): Promise<NonNullable<WidgetData['sync']>> {
  const connections: { id: string; name: string }[] = await knex('clv_connections')
    .where({ enabled: true })
    .orderBy('name')
    .select('id', 'name');
  const failing: string[] = await knex('clv_streams')
    .where({ paused: false })
    .whereNotNull('error_kind')
    .whereNotIn('error_kind', PASSING)
    .distinct()
    .pluck('connection_id');
  return {
    connections: connections.length,
    failing: connections.filter(({ id }) => failing.includes(id)),
  };
}

/** What the widget on Strapi's home page shows. @param may which parts the role may see */
export async function widgetData(knex: Knex, may: Record<keyof WidgetData, boolean>): Promise<WidgetData> {
  return {
    ranking: may.ranking ? await rankingMoves(knex) : null,
    value: may.value ? await valueNow(knex) : null,
    sync: may.sync ? await syncHealth(knex) : null,
  };
}
