import { openPipedrive } from '../support/crm/pipedrive';
import { contractSuite } from './suite';

const merges =
  'a pull lists no person who was merged; the webhook of a merge does, and has a test of its own';

contractSuite('Pipedrive, by API token', () => openPipedrive(), {
  cannot: { merges, tokens: 'an API token does not run out' },
});
contractSuite('Pipedrive, by OAuth', () => openPipedrive({ auth: 'oauth' }), { cannot: { merges } });
