import { configOf } from '../config';
import { planRuns } from '../jobs/schedule';
import type { JobsService } from '../jobs/service';
import { type Permission, requires } from '../permissions';
import type { Room, Route } from '../room';
import { valuesController } from './controller';
import { type LiveService, liveService } from './live/service';
import { runValue } from './run-value';
import { valueService } from './service';
import { valueController } from './value-controller';

const NIGHTLY = 'clv.value';

const route = (method: Route['method'], path: string, action: string, permission: Permission): Route => ({
  method,
  path: `/value${path}`,
  handler: `value.${action}`,
  config: requires(permission),
});

const clv: Room = {
  name: 'clv',
  services: { live: liveService, value: valueService },
  controllers: { values: valuesController, value: valueController },
  routes: {
    admin: [
      {
        method: 'GET',
        path: '/people/values',
        handler: 'values.find',
        config: requires('people.manage'),
      },
      route('GET', '', 'find', 'value.read'),
      route('GET', '/model', 'model', 'value.read'),
      route('GET', '/customers', 'customers', 'customers.read'),
      route('GET', '/customers/export.csv', 'exportCsv', 'customers.read'),
      route('GET', '/customers/:personId', 'customer', 'customers.read'),
      route('POST', '/run', 'run', 'value.run'),
      route('POST', '/what-if', 'whatIf', 'value.read'),
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
