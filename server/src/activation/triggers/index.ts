import type { Room, Strapi } from '../../room';
import { eventOf } from './deliver/body';
import { endpointsController } from './endpoints-controller';
import { KINDS } from './kinds';
import { triggerRoutes } from './routes';
import { type TriggersService, triggersService } from './service';
import { triggersController } from './triggers-controller';

/** Lets Strapi's own webhooks subscribe to what triggers tell. */
function allowEvents(strapi: Strapi): void {
  const store = strapi.get('webhookStore');
  for (const kind of KINDS)
    store.addAllowedEvent(`CLV_${kind.replaceAll('-', '_').toUpperCase()}`, eventOf(kind));
}

const triggers: Room = {
  name: 'triggers',
  services: { triggers: triggersService },
  controllers: { triggers: triggersController, endpoints: endpointsController },
  routes: { admin: triggerRoutes },
  bootstrap({ strapi }) {
    allowEvents(strapi);
    const service: TriggersService = strapi.plugin('clv').service('triggers');
    service.open();
  },
  async destroy({ strapi }) {
    const service: TriggersService = strapi.plugin('clv').service('triggers');
    await service.close();
  },
};

export default triggers;
