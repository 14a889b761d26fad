import { configOf } from '../../config';
import { JobRunning, reasonOf } from '../../jobs/errors';
import { planRuns } from '../../jobs/schedule';
import type { JobsService } from '../../jobs/service';
import { type Permission, requires } from '../../permissions';
import type { Room, Route, Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { experimentsController } from './controller';
import { ensureDefaultExperiment } from './default-experiment';
import { runExperiments } from './run-experiments';
import { type ExperimentsService, experimentsService } from './service';

const NIGHTLY = 'clv.experiments';
/** Where no nightly fit of the value engine is planned, after which they are counted otherwise. */
const BY_ITSELF = '30 4 * * *';
const VALUED = 'clv.value.done';

const endings = new WeakMap<Strapi, () => void>();

const route = (method: Route['method'], path: string, action: string, permission: Permission): Route => ({
  method,
  path: `/experiments${path}`,
  handler: `experiments.${action}`,
  config: requires(permission),
});

/** Has experiments counted after each fit of the value engine, by the node that fitted. */
function countAfterFits(strapi: Strapi): void {
  const jobs: JobsService = strapi.plugin('clv').service('jobs');
  const count = async () => {
    try {
      await jobs.start('experiments', {}, { startedBy: 'schedule', activeKey: 'experiments' });
    } catch (error) {
      if (error instanceof JobRunning) return;
      strapi.log.error(`[clv] experiments could not be counted after the fit: ${reasonOf(error)}`);
    }
  };
  // The hub asks one listener after the other; an app's own must not wait for this one.
  const begin = async () => void count();
  strapi.eventHub.on(VALUED, begin);
  endings.set(strapi, () => strapi.eventHub.off(VALUED, begin));
}

const experiments: Room = {
  name: 'experiments',
  services: { experiments: experimentsService },
  controllers: { experiments: experimentsController },
  routes: {
    admin: [
      route('GET', '', 'find', 'activation.read'),
      route('POST', '', 'create', 'experiments.manage'),
      route('POST', '/sample-size', 'sampleSize', 'activation.read'),
      route('POST', '/run', 'run', 'experiments.manage'),
      route('GET', '/:id', 'findOne', 'activation.read'),
      route('PUT', '/:id', 'update', 'experiments.manage'),
      route('DELETE', '/:id', 'remove', 'experiments.manage'),
      route('POST', '/:id/start', 'start', 'experiments.manage'),
      route('POST', '/:id/stop', 'stop', 'experiments.manage'),
      route('POST', '/:id/compute', 'compute', 'experiments.manage'),
    ],
  },
  async bootstrap({ strapi }) {
    const { activation, prediction } = configOf(strapi);
    const jobs: JobsService = strapi.plugin('clv').service('jobs');
    jobs.define('experiments', (context) => runExperiments(strapi, context));
    await ensureDefaultExperiment(knexOf(strapi), activation.holdout);
    const service: ExperimentsService = strapi.plugin('clv').service('experiments');
    await service.start();
    countAfterFits(strapi);
    planRuns(strapi, {
      task: NIGHTLY,
      kind: 'experiments',
      word: 'count of experiments',
      rule: prediction.schedule === false ? BY_ITSELF : false,
    });
  },
  async destroy({ strapi }) {
    endings.get(strapi)?.();
    strapi.cron.remove(NIGHTLY);
    const service: ExperimentsService = strapi.plugin('clv').service('experiments');
    await service.stop();
  },
};

export default experiments;
