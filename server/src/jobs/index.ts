import type { Room, Route } from '../room';
import { jobsController } from './controller';
import { type JobsService, jobsService } from './service';

// What a role may see depends on the job's kind, so the controller asks.
const config = { policies: ['admin::isAuthenticatedAdmin'] };
const route = (method: Route['method'], path: string, action: string): Route => ({
  method,
  path,
  handler: `jobs.${action}`,
  config,
});

const jobs: Room = {
  name: 'jobs',
  services: { jobs: jobsService },
  controllers: { jobs: jobsController },
  routes: {
    admin: [
      route('GET', '/jobs', 'list'),
      route('GET', '/jobs/:id', 'get'),
      route('POST', '/jobs/:id/cancel', 'cancel'),
    ],
  },
  async bootstrap({ strapi }) {
    await strapi.plugin('clv').service('jobs').failExpired();
  },
  async destroy({ strapi }) {
    const service: JobsService = strapi.plugin('clv').service('jobs');
    await service.stop();
  },
};

export default jobs;
