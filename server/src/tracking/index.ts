import { configOf } from '../config';
import { requires } from '../permissions';
import type { Room, Strapi } from '../room';
import { type ContentsService, contentsService } from './contents/service';
import { trackingController } from './controller';
import { installFastPath } from './fast-path';
import type { Context } from './http';
import { scriptHandler } from './script';
import { type TrackingService, trackingService } from './service';

const NIGHTLY = 'clv.contents';

const serviceOf = (strapi: Strapi): TrackingService => strapi.plugin('clv').service('tracking');
const contentsOf = (strapi: Strapi): ContentsService => strapi.plugin('clv').service('contents');

const tracking: Room = {
  name: 'tracking',
  services: { tracking: trackingService, contents: contentsService },
  controllers: { tracking: trackingController },
  routes: {
    admin: [
      {
        method: 'GET',
        path: '/tracking/status',
        handler: 'tracking.status',
        config: requires('settings.manage'),
      },
    ],
    contentApi: [
      {
        method: 'GET',
        path: '/download/:documentId',
        handler: 'tracking.download',
        config: { auth: false },
      },
    ],
  },
  register({ strapi }) {
    const { enabled, alias } = configOf(strapi).tracking;
    const collect = (ctx: Context) => serviceOf(strapi).collect(ctx);
    installFastPath(strapi, enabled ? { collect, script: scriptHandler(), alias } : null);
  },
  async bootstrap({ strapi }) {
    await contentsOf(strapi).start();
    serviceOf(strapi).start();
    strapi.cron.add({
      [NIGHTLY]: {
        task: async () => contentsOf(strapi).syncSoon(),
        options: { rule: '45 2 * * *', tz: configOf(strapi).value.timezone },
      },
    });
  },
  async destroy({ strapi }) {
    strapi.cron.remove(NIGHTLY);
    contentsOf(strapi).stop();
    await serviceOf(strapi).stop();
  },
};

export default tracking;
