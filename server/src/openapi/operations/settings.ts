import { costInput, costKeyInput, costsQuery } from '../../crm/costs/input';
import { settingsDraft, settingsInput, settingsVersion } from '../../settings/controller';
import type { Operations } from '../operation';

const CONFLICT = { 409: 'Somebody else saved meanwhile; ask again and decide anew.' };

export const settingsOperations: Operations = {
  'GET /clv/settings': { summary: 'Settings, and where each comes from' },
  'PUT /clv/settings': { summary: 'Save settings', body: settingsInput, also: CONFLICT },
  'POST /clv/settings/preview': { summary: 'What a change would do', body: settingsDraft },
  'DELETE /clv/settings/:path': {
    summary: 'Take a saved setting back',
    query: settingsVersion,
    also: CONFLICT,
  },
  'GET /clv/costs': { summary: 'What marketing and sales cost, the newest month first', query: costsQuery },
  'PUT /clv/costs': {
    summary: 'Store what a channel cost in a month',
    description: 'The cost has the columns of the CSV files; replaces is the one that it takes the place of.',
    body: costInput,
    also: { 409: 'There is another cost of this month, channel, product line and segment.' },
  },
  'DELETE /clv/costs': { summary: 'Remove a cost', query: costKeyInput },
  'GET /clv/start': { summary: 'What leads from nothing to the first ranking, and how far it is' },
  'GET /clv/widget': { summary: 'News for the home page' },
};
