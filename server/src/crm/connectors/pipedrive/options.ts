import { z } from 'zod';
import type { ConnectorKind, FormField } from '../../connector';

const address = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `is no address; write it like ${example}` })
    .transform((url) => new URL(url).origin);

const OAUTH = 'https://oauth.pipedrive.com';

/** Pipedrive signs nothing: a webhook proves itself by the user and the password that it was made with. */
const webhook = {
  webhookUser: z.string().default(''),
  webhookPassword: z
    .string()
    .refine((text) => text === '' || text.length >= 12, 'is too short; choose at least 12 characters')
    .default(''),
};

const schema = z.discriminatedUnion('auth', [
  z.strictObject({
    auth: z.literal('token'),
    baseUrl: address('https://my-company.pipedrive.com'),
    apiToken: z.string().min(1),
    ...webhook,
  }),
  z.strictObject({
    auth: z.literal('oauth'),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    oauthUrl: z.union([z.literal('').transform(() => OAUTH), address(OAUTH)]).default(OAUTH),
    ...webhook,
  }),
]);

export type PipedriveOptions = z.output<typeof schema>;
export type OAuthOptions = Extract<PipedriveOptions, { auth: 'oauth' }>;

export const options: ConnectorKind<PipedriveOptions>['options'] = schema;

export const form: FormField[] = [
  {
    name: 'auth',
    type: 'choice',
    label: 'Sign in by',
    required: true,
    choices: [
      { value: 'token', label: 'API token' },
      { value: 'oauth', label: 'An app of your own (OAuth 2)' },
    ],
  },
  {
    name: 'baseUrl',
    type: 'url',
    label: 'Address of the company',
    required: true,
    placeholder: 'https://my-company.pipedrive.com',
    when: { field: 'auth', is: 'token' },
  },
  {
    name: 'apiToken',
    type: 'secret',
    label: 'API token',
    help: 'Personal preferences, API. Choose a user who sees every person and deal.',
    required: true,
    when: { field: 'auth', is: 'token' },
  },
  {
    name: 'clientId',
    type: 'text',
    label: 'Client ID',
    help: 'The app needs the scopes contacts:full, deals:read and contact-fields:full.',
    required: true,
    when: { field: 'auth', is: 'oauth' },
  },
  {
    name: 'clientSecret',
    type: 'secret',
    label: 'Client secret',
    required: true,
    when: { field: 'auth', is: 'oauth' },
  },
  {
    name: 'oauthUrl',
    type: 'url',
    label: 'Where the app signs in',
    help: `Empty: ${OAUTH}`,
    required: false,
    placeholder: OAUTH,
    when: { field: 'auth', is: 'oauth' },
  },
  {
    name: 'webhookUser',
    type: 'text',
    label: 'User name for webhooks',
    help: 'Choose one, and give the same to the webhooks in Pipedrive (version 2.0; persons and deals).',
    required: false,
  },
  {
    name: 'webhookPassword',
    type: 'secret',
    label: 'Password for webhooks',
    help: 'At least 12 characters.',
    required: false,
  },
];
