import { type Permission, requires } from '../permissions';
import type { Room, Route } from '../room';
import { costsAdminController } from './costs/controller';
import { importsController } from './import/controller';
import { type ImportsService, importsService } from './import/service';
import { ingestController } from './ingest-controller';
import { crmService } from './service';
import { connectionsController } from './sync/connections/controller';
import { connectorsService } from './sync/connections/registry';
import { connectionsService } from './sync/connections/service';
import { consentRoute, syncRoutes } from './sync/routes';
import { type SyncService, syncService } from './sync/service';
import { streamsController } from './sync/streams/controller';
import { installWebhooks } from './webhooks/middleware';

const EVERY_MINUTE = 'clv.sync';

const importRoute = (method: Route['method'], path: string, action: string): Route => ({
  method,
  path,
  handler: `imports.${action}`,
  config: requires('data.import'),
});

const costsRoute = (method: Route['method'], action: string, permission: Permission): Route => ({
  method,
  path: '/costs',
  handler: `costsAdmin.${action}`,
  config: requires(permission),
});

const crm: Room = {
  name: 'crm',
  services: {
    crm: crmService,
    imports: importsService,
    connectors: connectorsService,
    connections: connectionsService,
    sync: syncService,
  },
  controllers: {
    imports: importsController,
    orders: ingestController('orders'),
    customers: ingestController('customers'),
    costs: ingestController('costs'),
    costsAdmin: costsAdminController,
    subscriptions: ingestController('subscriptions'),
    connections: connectionsController,
    streams: streamsController,
  },
  routes: {
    admin: [
      importRoute('POST', '/imports/preview', 'preview'),
      importRoute('POST', '/imports', 'start'),
      importRoute('GET', '/imports/template.csv', 'template'),
      importRoute('GET', '/imports/:jobId/errors.csv', 'errors'),
      costsRoute('GET', 'find', 'value.read'),
      costsRoute('PUT', 'save', 'settings.manage'),
      costsRoute('DELETE', 'remove', 'settings.manage'),
      ...syncRoutes,
    ],
    contentApi: [
      { method: 'POST', path: '/orders', handler: 'orders.create' },
      { method: 'POST', path: '/customers', handler: 'customers.create' },
      { method: 'POST', path: '/costs', handler: 'costs.create' },
      { method: 'POST', path: '/subscriptions', handler: 'subscriptions.create' },
      consentRoute,
    ],
  },
  register({ strapi }) {
    installWebhooks(strapi);
  },
  bootstrap({ strapi }) {
    const imports: ImportsService = strapi.plugin('clv').service('imports');
    imports.open();
    const sync: SyncService = strapi.plugin('clv').service('sync');
    sync.open();
    strapi.cron.add({ [EVERY_MINUTE]: { task: () => sync.tick(), options: { rule: '* * * * *' } } });
  },
  destroy({ strapi }) {
    strapi.cron.remove(EVERY_MINUTE);
    const sync: SyncService = strapi.plugin('clv').service('sync');
    sync.close();
  },
};

export default crm;
