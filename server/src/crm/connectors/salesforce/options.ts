import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { ConnectorKind, FormField } from '../../connector';

/** A PEM that went through a form or an environment variable may hold `\n` in two characters. */
const pem = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n').trim())
  .refine(isRsaKey, 'is no private RSA key of 2048 bits or more in PEM, without a passphrase');

const shared = {
  loginUrl: z
    .url({ error: 'is no address; write it like https://my-domain.my.salesforce.com' })
    .refine(
      (url) => !/\.lightning\.force\.com(\/|$)/.test(url),
      'is where people work; the API is at https://my-domain.my.salesforce.com',
    )
    .transform((url) => new URL(url).origin),
  clientId: z.string().min(1),
  records: z.enum(['contacts', 'contacts and leads']).default('contacts'),
  split: z.enum(['primary', 'equal', 'first']).default('primary'),
  currency: z
    .string()
    .regex(/^([A-Z]{3})?$/, 'is no currency code; write it like EUR')
    .default(''),
};

const schema = z.discriminatedUnion('auth', [
  z.strictObject({ auth: z.literal('client-credentials'), clientSecret: z.string().min(1), ...shared }),
  z.strictObject({
    auth: z.literal('jwt'),
    username: z.string().min(1),
    privateKey: pem,
    ...shared,
  }),
]);

export type SalesforceOptions = z.output<typeof schema>;

export const options: ConnectorKind<SalesforceOptions>['options'] = schema;

function isRsaKey(text: string): boolean {
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    // Whatever is wrong with it, the answer is the same; an error's own words might quote the key.
    return false;
  }
}

export const form: FormField[] = [
  {
    name: 'loginUrl',
    type: 'url',
    label: 'Address of the org',
    help: 'Setup, My Domain. For a sandbox: https://my-domain--name.sandbox.my.salesforce.com',
    required: true,
    placeholder: 'https://my-domain.my.salesforce.com',
  },
  {
    name: 'auth',
    type: 'choice',
    label: 'Sign in by',
    help: 'Both need an External Client App with the scope "api" and a user to run as.',
    required: true,
    choices: [
      { value: 'client-credentials', label: 'Client credentials' },
      { value: 'jwt', label: 'JWT bearer (certificate)' },
    ],
  },
  { name: 'clientId', type: 'text', label: 'Consumer key', required: true },
  {
    name: 'clientSecret',
    type: 'secret',
    label: 'Consumer secret',
    required: true,
    when: { field: 'auth', is: 'client-credentials' },
  },
  {
    name: 'username',
    type: 'text',
    label: 'Username of the integration user',
    required: true,
    when: { field: 'auth', is: 'jwt' },
  },
  {
    name: 'privateKey',
    type: 'secret',
    label: 'Private key (PEM)',
    help: 'Its certificate is uploaded to the app in Salesforce.',
    required: true,
    when: { field: 'auth', is: 'jwt' },
  },
  {
    name: 'records',
    type: 'choice',
    label: 'Customers are',
    help: 'A lead that is converted becomes one with its contact.',
    required: false,
    choices: [
      { value: 'contacts', label: 'Contacts' },
      { value: 'contacts and leads', label: 'Contacts and leads' },
    ],
  },
  {
    name: 'split',
    type: 'choice',
    label: 'Revenue of an opportunity with several contacts goes to',
    required: false,
    choices: [
      { value: 'primary', label: 'The primary contact, else the first' },
      { value: 'equal', label: 'All of them, in equal parts' },
      { value: 'first', label: 'The first contact' },
    ],
  },
  {
    name: 'currency',
    type: 'text',
    label: 'Currency of the org',
    help: 'For an org with one currency, which its API does not tell. Empty: the currency of the report.',
    required: false,
    placeholder: 'EUR',
  },
];
