import { salesforceDouble } from '../support/crm/salesforce/double';
import { contractSuite } from './suite';

contractSuite('Salesforce', () => salesforceDouble());
