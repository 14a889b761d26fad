import type { Operation, RouteName } from '../operation';
import { activationOperations } from './activation';
import { crmOperations } from './crm';
import { dataOperations } from './data';
import { rankingOperations } from './ranking';
import { settingsOperations } from './settings';
import { valueOperations } from './value';
import { visitorOperations } from './visitors';

const all = {
  ...visitorOperations,
  ...dataOperations,
  ...crmOperations,
  ...valueOperations,
  ...rankingOperations,
  ...activationOperations,
  ...settingsOperations,
  'GET /clv/openapi.json': { summary: 'The document of the admin API' },
};

/** Every route of the plugin; a test compares it with those that Strapi serves. */
export const operations = all as Record<RouteName, Operation>;
