import { expect, test } from 'vitest';
import { salesforce } from '../../../server/src/crm/connectors/salesforce';
import { withStoredSecrets } from '../../../server/src/crm/sync/connections/options';

const given = { auth: 'client-credentials', clientId: 'id', clientSecret: '' };

test('a secret that the form leaves empty is the stored one', () => {
  expect(withStoredSecrets(salesforce, given, { clientSecret: 'kept' })).toEqual({
    ...given,
    clientSecret: 'kept',
  });
});

test('a secret of another way to sign in stays behind, so that the options are those of one way', () => {
  const byKey = { auth: 'jwt', clientId: 'id', username: 'u', privateKey: 'new' };
  expect(withStoredSecrets(salesforce, byKey, { clientSecret: 'kept', privateKey: 'old' })).toEqual(byKey);
});
