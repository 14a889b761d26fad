import type { Room } from '../../../room';
import { deadController } from './dead/controller';
import { pushRoutes } from './routes';
import { type PushService, pushService } from './service';

/** What CRMs are told. A room of its own, since it comes after the one that values persons. */
const push: Room = {
  name: 'push',
  services: { push: pushService },
  controllers: { crmDead: deadController },
  routes: { admin: pushRoutes },
  bootstrap({ strapi }) {
    const service: PushService = strapi.plugin('clv').service('push');
    service.open();
  },
  destroy({ strapi }) {
    const service: PushService = strapi.plugin('clv').service('push');
    service.close();
  },
};

export default push;
