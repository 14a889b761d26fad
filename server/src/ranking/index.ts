import { configOf } from '../config';
import type { JobContext } from '../jobs/run-job';
import { planRuns } from '../jobs/schedule';
import type { JobsService } from '../jobs/service';
import { requires } from '../permissions';
import type { Room } from '../room';
import { adviceController } from './advice/controller';
import { attributionController } from './attribution/controller';
import { attributionService } from './attribution/service';
import { rankingsController } from './controller';
import { rankingGroupsController } from './groups-controller';
import { itemsController } from './item/controller';
import { journeysController } from './journeys/controller';
import { planRefreshes, REFRESHES } from './refresh/plan';
import { type RankParams, runRefresh } from './refresh/run-refresh';
import { warmRuns } from './refresh/warm-runs';
import { runRanking } from './run';
import { runStudy } from './study/run-study';

const NIGHTLY = 'clv.ranking';
const read = requires('rankings.read');

const ranking: Room = {
  name: 'ranking',
  services: { attribution: attributionService, warmRuns },
  controllers: {
    rankings: rankingsController,
    rankingGroups: rankingGroupsController,
    items: itemsController,
    attribution: attributionController,
    journeys: journeysController,
    advice: adviceController,
  },
  routes: {
    admin: [
      { method: 'GET', path: '/rankings', handler: 'rankings.find', config: read },
      { method: 'GET', path: '/rankings/export.csv', handler: 'rankings.exportCsv', config: read },
      { method: 'GET', path: '/rankings/export.xlsx', handler: 'rankings.exportXlsx', config: read },
      { method: 'GET', path: '/rankings/groups', handler: 'rankingGroups.find', config: read },
      {
        method: 'GET',
        path: '/rankings/groups/export.csv',
        handler: 'rankingGroups.exportCsv',
        config: read,
      },
      { method: 'GET', path: '/rankings/group-values', handler: 'rankingGroups.values', config: read },
      { method: 'GET', path: '/rankings/item', handler: 'rankings.item', config: read },
      { method: 'GET', path: '/rankings/items/:contentId', handler: 'items.findOne', config: read },
      { method: 'GET', path: '/rankings/compare', handler: 'items.compare', config: read },
      { method: 'GET', path: '/attribution', handler: 'attribution.find', config: read },
      { method: 'GET', path: '/attribution/export.csv', handler: 'attribution.exportCsv', config: read },
      {
        method: 'GET',
        path: '/attribution/orders/:orderId',
        handler: 'attribution.order',
        config: requires('customers.read'),
      },
      { method: 'POST', path: '/rankings/run', handler: 'rankings.run', config: requires('rankings.run') },
      {
        method: 'POST',
        path: '/rankings/items/:contentId/study',
        handler: 'items.study',
        config: requires('rankings.run'),
      },
      { method: 'GET', path: '/journeys', handler: 'journeys.find', config: read },
      { method: 'GET', path: '/journeys/item', handler: 'journeys.item', config: read },
      { method: 'GET', path: '/journeys/export.csv', handler: 'journeys.exportCsv', config: read },
      { method: 'GET', path: '/advice', handler: 'advice.find', config: read },
      { method: 'GET', path: '/advice/item', handler: 'advice.item', config: read },
    ],
  },
  bootstrap({ strapi }) {
    const jobs: JobsService = strapi.plugin('clv').service('jobs');
    jobs.define('rank', (context: JobContext<RankParams | null>) =>
      context.params?.refresh ? runRefresh(strapi, context) : runRanking(strapi, context),
    );
    jobs.define('study', (context) => runStudy(strapi, context));
    const { schedule: rule } = configOf(strapi).ranking;
    planRuns(strapi, { task: NIGHTLY, kind: 'rank', word: 'ranking', rule });
    planRefreshes(strapi);
  },
  destroy({ strapi }) {
    strapi.cron.remove(NIGHTLY);
    strapi.cron.remove(REFRESHES);
  },
};

export default ranking;
