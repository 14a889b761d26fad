import { expect, test } from 'vitest';
import { salesforce } from '../../../server/src/crm/connectors/salesforce';
import { withStoredSecrets } from '../../../server/src/crm/sync/connections/options';

const given = {
  auth: 'client-credentials',
  loginUrl: 'https://one.my.salesforce.com',
  clientId: 'id',
  clientSecret: '',
};

const stored = (secrets: Record<string, unknown>) => ({
  plain: { loginUrl: 'https://one.my.salesforce.com' },
  secrets,
});

test('a secret is never sent to another host than the one it was given for', () => {
  const elsewhere = { ...given, loginUrl: 'https://two.my.salesforce.com' };
  const kept = stored({ clientSecret: 'kept' });
  expect(() => withStoredSecrets(salesforce, elsewhere, kept)).toThrow('clientSecret: give it again');
  const again = { ...elsewhere, clientSecret: 'known' };
  expect(withStoredSecrets(salesforce, again, kept)).toEqual(again);
});

test('a secret that the form leaves empty is the stored one', () => {
  expect(withStoredSecrets(salesforce, given, stored({ clientSecret: 'kept' }))).toEqual({
    ...given,
    clientSecret: 'kept',
  });
});

test('a secret of another way to sign in stays behind, so that the options are those of one way', () => {
  const byKey = {
    ...given,
    clientSecret: undefined,
    auth: 'jwt',
    clientId: 'id',
    username: 'u',
    privateKey: 'new',
  };
  const kept = stored({ clientSecret: 'kept', privateKey: 'old' });
  expect(withStoredSecrets(salesforce, byKey, kept)).toEqual(byKey);
});
