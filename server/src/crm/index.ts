import { requires } from '../permissions';
import type { Room, Route } from '../room';
import { importsController } from './import/controller';
import { type ImportsService, importsService } from './import/service';
import { ingestController } from './ingest-controller';
import { crmService } from './service';
import { connectorsService } from './sync/connections/registry';
import { connectionsService } from './sync/connections/service';

const importRoute = (method: Route['method'], path: string, action: string): Route => ({
  method,
  path,
  handler: `imports.${action}`,
  config: requires('data.import'),
});

const crm: Room = {
  name: 'crm',
  services: {
    crm: crmService,
    imports: importsService,
    connectors: connectorsService,
    connections: connectionsService,
  },
  controllers: {
    imports: importsController,
    orders: ingestController('orders'),
    customers: ingestController('customers'),
    costs: ingestController('costs'),
    subscriptions: ingestController('subscriptions'),
  },
  routes: {
    admin: [
      importRoute('POST', '/imports/preview', 'preview'),
      importRoute('POST', '/imports', 'start'),
      importRoute('GET', '/imports/template.csv', 'template'),
      importRoute('GET', '/imports/:jobId/errors.csv', 'errors'),
    ],
    contentApi: [
      { method: 'POST', path: '/orders', handler: 'orders.create' },
      { method: 'POST', path: '/customers', handler: 'customers.create' },
      { method: 'POST', path: '/costs', handler: 'costs.create' },
      { method: 'POST', path: '/subscriptions', handler: 'subscriptions.create' },
    ],
  },
  bootstrap({ strapi }) {
    const imports: ImportsService = strapi.plugin('clv').service('imports');
    imports.open();
  },
};

export default crm;
