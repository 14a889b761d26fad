import { experimentBody, sampleSizeBody } from '../../activation/experiments/validate';
import { outgoingMembersQuery } from '../../activation/segments/content-controller';
import { segmentContentsQuery, segmentMembersQuery } from '../../activation/segments/controller';
import { countInput, segmentInput } from '../../activation/segments/rules/schema';
import { deliveryChoice, endpointInput, logQuery, triggerInput } from '../../activation/triggers/input';
import { CSV, type Operations, STARTS } from '../operation';

const USED = { 409: 'Something else uses it; the message says what.' };
const NOT_NOW = { 409: 'Its state does not allow that; the message says why.' };

export const activationOperations: Operations = {
  'GET /api/clv/segments': { summary: 'Segments, for programs' },
  'GET /api/clv/segments/:slug/members': {
    summary: 'Who is in a segment, page by page',
    query: outgoingMembersQuery,
  },

  'GET /clv/segments': { summary: 'Segments' },
  'POST /clv/segments': { summary: 'Make a segment', body: segmentInput, status: 201 },
  'GET /clv/segments/options': { summary: 'What rules can name' },
  'GET /clv/segments/contents': {
    summary: 'Items by title or key, for rules',
    query: segmentContentsQuery,
  },
  'POST /clv/segments/count': { summary: 'Whom rules fit now', body: countInput },
  'GET /clv/segments/:id': { summary: 'One segment' },
  'PUT /clv/segments/:id': { summary: 'Change a segment', body: segmentInput },
  'DELETE /clv/segments/:id': { summary: 'Delete a segment', also: USED },
  'POST /clv/segments/:id/renew': { summary: 'Look anew who fits' },
  'GET /clv/segments/:id/members': { summary: 'Its members', query: segmentMembersQuery },
  'GET /clv/segments/:id/export.csv': { summary: 'Its members as a file', file: CSV },

  'GET /clv/experiments': { summary: 'Experiments, each with its latest report' },
  'POST /clv/experiments': { summary: 'Plan an experiment', body: experimentBody, status: 201 },
  'POST /clv/experiments/sample-size': { summary: 'How many people it takes', body: sampleSizeBody },
  'POST /clv/experiments/run': { summary: 'Compute the reports of all', ...STARTS },
  'GET /clv/experiments/:id': { summary: 'One experiment and its course' },
  'PUT /clv/experiments/:id': { summary: 'Change a plan', body: experimentBody, also: NOT_NOW },
  'DELETE /clv/experiments/:id': { summary: 'Delete a plan', status: 204, also: NOT_NOW },
  'POST /clv/experiments/:id/start': { summary: 'Start it', also: NOT_NOW },
  'POST /clv/experiments/:id/stop': { summary: 'Stop it for good', also: NOT_NOW },
  'POST /clv/experiments/:id/compute': { summary: 'Compute its report', ...STARTS },

  'GET /clv/triggers': { summary: 'Triggers and the programs they tell' },
  'POST /clv/triggers': { summary: 'Make a trigger', body: triggerInput, status: 201 },
  'POST /clv/triggers/preview': { summary: 'Whom a trigger would be about', body: triggerInput },
  'GET /clv/triggers/log': { summary: 'Messages and what became of them', query: logQuery },
  'POST /clv/triggers/deliveries/retry': { summary: 'Send again what was given up', body: deliveryChoice },
  'POST /clv/triggers/deliveries/drop': { summary: 'Drop what was given up', body: deliveryChoice },
  'PUT /clv/triggers/:id': { summary: 'Change a trigger', body: triggerInput },
  'DELETE /clv/triggers/:id': { summary: 'Delete a trigger' },
  'POST /clv/endpoints': {
    summary: 'Tell a program by webhook',
    description: 'The only answer with its secret, beside that of a new secret.',
    body: endpointInput,
    status: 201,
  },
  'PUT /clv/endpoints/:id': { summary: 'Change where it is', body: endpointInput },
  'DELETE /clv/endpoints/:id': { summary: 'Tell it no more', also: USED },
  'POST /clv/endpoints/:id/secret': { summary: 'Make it a new secret' },
  'POST /clv/endpoints/:id/test': { summary: 'Send it a test message now' },
};
