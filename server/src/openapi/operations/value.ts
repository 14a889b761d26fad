import { customersQuery } from '../../clv/customers/query';
import { whatIfBody } from '../../clv/what-if';
import { CSV, type Operations, STARTS } from '../operation';

export const valueOperations: Operations = {
  'GET /clv/value': { summary: 'What the customers are worth, and how that comes about' },
  'GET /clv/value/model': { summary: 'The models in use, and how far they can be trusted' },
  'GET /clv/value/customers': { summary: 'People with their values', query: customersQuery },
  'GET /clv/value/customers/export.csv': {
    summary: 'The same as a file',
    query: customersQuery,
    file: CSV,
  },
  'GET /clv/value/customers/:personId': {
    summary: 'One person: value, prediction, what they read and bought',
  },
  'POST /clv/value/run': { summary: 'Fit the models and value everyone', ...STARTS },
  'POST /clv/value/what-if': { summary: 'What value would be if quantities changed', body: whatIfBody },
};
