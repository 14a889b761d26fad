import { openHubSpot } from '../support/crm/hubspot';
import { contractSuite } from './suite';

// Each of its tests makes several connectors, which do not wait for each other's searches.
const searches = 1000;

contractSuite('HubSpot, by the token of a private app', () => openHubSpot({ searches }), {
  cannot: { tokens: 'the token of a private app does not run out' },
});
contractSuite('HubSpot, by OAuth', () => openHubSpot({ auth: 'oauth', searches }));
