import { z } from 'zod';
import type { ConnectorKind, FormField } from '../../connector';

/** Whose order a deal with several contacts is. */
export type Split = 'primary' | 'equal' | 'first';

const HOME = 'https://api.hubapi.com';

const common = {
  baseUrl: z
    .url({ protocol: /^https?$/, error: `is no address; write it like ${HOME}` })
    .transform((url) => new URL(url).origin)
    .default(HOME),
  split: z.enum(['primary', 'equal', 'first']).default('primary'),
  /** Requests within ten seconds that HubSpot lets this app make. */
  limit: z.coerce.number().int().min(10).max(2000).default(100),
};

const schema = z.discriminatedUnion('auth', [
  z.strictObject({
    auth: z.literal('token'),
    accessToken: z.string().min(1),
    /** Signs webhooks. */
    clientSecret: z.string().default(''),
    ...common,
  }),
  z.strictObject({
    auth: z.literal('oauth'),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    /** An app's webhooks tell of every account that installed it. */
    hubId: z.string().regex(/^\d+$/, 'is no Hub ID; it is a number, shown beside the name of the account'),
    ...common,
  }),
]);

export type HubSpotOptions = z.output<typeof schema>;
export type OAuthOptions = Extract<HubSpotOptions, { auth: 'oauth' }>;

export const options: ConnectorKind<HubSpotOptions>['options'] = schema;

export const form: FormField[] = [
  {
    name: 'auth',
    type: 'choice',
    label: 'Sign in by',
    required: true,
    choices: [
      { value: 'token', label: 'Access token of a private app or a service key' },
      { value: 'oauth', label: 'An app of your own (OAuth 2)' },
    ],
  },
  {
    name: 'accessToken',
    type: 'secret',
    label: 'Access token',
    help: 'It needs crm.objects.contacts (read and write), crm.objects.deals.read, crm.schemas.contacts (read and write) and crm.schemas.deals.read.',
    required: true,
    when: { field: 'auth', is: 'token' },
  },
  {
    name: 'clientId',
    type: 'text',
    label: 'Client ID',
    required: true,
    when: { field: 'auth', is: 'oauth' },
  },
  {
    name: 'hubId',
    type: 'text',
    label: 'Hub ID',
    help: 'The number of the account, shown beside its name.',
    required: true,
    when: { field: 'auth', is: 'oauth' },
  },
  {
    name: 'clientSecret',
    type: 'secret',
    label: 'Client secret',
    help: 'Of the app; webhooks are signed with it. A private app without webhooks does not need it.',
    required: false,
  },
  {
    name: 'split',
    type: 'choice',
    label: 'Deals with several contacts',
    help: 'Primary: the whole amount counts for the contact with the label "Primary", without one for the contact that is in HubSpot longest. Equal: the amount is divided to the cent. First: always the contact that is in HubSpot longest. Empty: primary.',
    required: false,
    choices: [
      { value: 'primary', label: 'Primary contact' },
      { value: 'equal', label: 'Equal parts' },
      { value: 'first', label: 'First contact' },
    ],
  },
  {
    name: 'limit',
    type: 'text',
    label: 'Requests within ten seconds',
    help: 'What your subscription allows: 100 (Free, Starter), 190 (Professional, Enterprise) or 250. Empty: 100.',
    required: false,
    placeholder: '100',
  },
  {
    name: 'baseUrl',
    type: 'url',
    label: 'Address of the API',
    help: `Empty: ${HOME}`,
    required: false,
    placeholder: HOME,
  },
];
