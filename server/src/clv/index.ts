import { configOf } from '../config';
import { planRuns } from '../jobs/schedule';
import type { JobsService } from '../jobs/service';
import { requires } from '../permissions';
import type { Room } from '../room';
import { valuesController } from './controller';
import { type LiveService, liveService } from './live/service';
import { runValue } from './run-value';

const NIGHTLY = 'clv.value';

const clv: Room = {
  name: 'clv',
  services: { live: liveService },
  controllers: { values: valuesController },
  routes: {
    admin: [
      {
        method: 'GET',
        path: '/people/values',
        handler: 'values.find',
        config: requires('people.manage'),
      },
    ],
  },
  bootstrap({ strapi }) {
    const jobs: JobsService = strapi.plugin('clv').service('jobs');
    const live: LiveService = strapi.plugin('clv').service('live');
    jobs.define('value', (context) => runValue(strapi, context));
    planRuns(strapi, {
      task: NIGHTLY,
      kind: 'value',
      word: 'fit of the value engine',
      rule: configOf(strapi).prediction.schedule,
    });
    live.start();
  },
  async destroy({ strapi }) {
    strapi.cron.remove(NIGHTLY);
    const live: LiveService = strapi.plugin('clv').service('live');
    await live.stop();
  },
};

export default clv;
