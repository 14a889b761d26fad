import { checkInput, connectionChange, connectionInput } from '../../crm/sync/connections/input';
import { deadChoice, deadQuery } from '../../crm/sync/push/dead/controller';
import { problemsQuery, runsQuery } from '../../crm/sync/streams/controller';
import type { Operations } from '../operation';

const STREAM = '/clv/crm/connections/:id/streams/:stream';
const REFUSED = { 422: 'The CRM could not be asked; `details` tell of what kind the error is.' };

export const crmOperations: Operations = {
  'GET /api/clv/crm/oauth': {
    summary: 'Where a CRM sends its user back to',
    description: 'Answers a page of HTML that leads back to the admin.',
    file: 'text/html; charset=utf-8',
  },
  'POST /api/clv/crm/:id/webhook': {
    summary: 'Where a CRM sends its webhooks',
    description: 'Signed as the kind of CRM does; a message that comes again changes nothing.',
    bodyType: 'application/json',
  },
  'GET /clv/crm/kinds': { summary: 'Kinds of CRM that can be connected' },
  'POST /clv/crm/check': { summary: 'Try credentials without storing them', body: checkInput, also: REFUSED },
  'GET /clv/crm/connections': { summary: 'Connections, and how they fare' },
  'POST /clv/crm/connections': {
    summary: 'Connect a CRM',
    body: connectionInput,
    status: 201,
    also: REFUSED,
  },
  'GET /clv/crm/connections/:id': { summary: 'One connection' },
  'PUT /clv/crm/connections/:id': { summary: 'Change a connection', body: connectionChange, also: REFUSED },
  'DELETE /clv/crm/connections/:id': { summary: 'Disconnect; what came in stays' },
  'POST /clv/crm/connections/:id/schema': {
    summary: 'Make the fields in the CRM that are pushed',
    also: REFUSED,
  },
  'POST /clv/crm/connections/:id/authorize': { summary: 'Where to send the CRM’s user to allow it' },
  'GET /clv/crm/connections/:id/runs': { summary: 'Runs of a connection', query: runsQuery },
  'GET /clv/crm/connections/:id/problems': {
    summary: 'Records that could not be taken',
    query: problemsQuery,
  },
  'GET /clv/crm/connections/:id/quality': { summary: 'What is wrong with the data of a CRM' },
  [`POST ${STREAM}/run` as const]: { summary: 'Run a stream now', status: 202 },
  [`POST ${STREAM}/pause` as const]: { summary: 'Pause a stream', status: 202 },
  [`POST ${STREAM}/resume` as const]: { summary: 'Go on with a stream', status: 202 },
  [`POST ${STREAM}/restart` as const]: { summary: 'Pull a stream from its beginning', status: 202 },
  'GET /clv/crm/connections/:id/dead': { summary: 'Messages that were given up', query: deadQuery },
  'POST /clv/crm/connections/:id/dead/replay': { summary: 'Send them again', body: deadChoice },
  'POST /clv/crm/connections/:id/dead/drop': { summary: 'Drop them', body: deadChoice },
};
