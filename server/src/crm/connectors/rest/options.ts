import { z } from 'zod';
import type { ConnectorKind, FormField } from '../../connector';
import { description } from './description';

const text = z.string().min(1, 'is empty');

/** The description is typed into a form as text. */
const api = z
  .unknown()
  .transform((given, context) => {
    if (typeof given !== 'string') return given;
    try {
      return JSON.parse(given) as unknown;
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is no JSON: ${(error as Error).message}` });
      return z.NEVER;
    }
  })
  .pipe(description);

const shared = {
  baseUrl: z.url({ protocol: /^https?$/, error: 'is no address, such as https://crm.example.com/api' }),
  api,
};

const schema = z.discriminatedUnion(
  'auth',
  [
    z.strictObject({ auth: z.literal('none'), ...shared }),
    z.strictObject({ auth: z.literal('bearer'), token: text, ...shared }),
    z.strictObject({ auth: z.literal('basic'), username: text, password: text, ...shared }),
    z.strictObject({
      auth: z.literal('header'),
      headerName: z.string().regex(/^[A-Za-z0-9-]{1,60}$/, 'is no name of a header, such as X-Api-Key'),
      headerValue: text,
      ...shared,
    }),
    z.strictObject({ auth: z.literal('query'), queryName: text, queryValue: text, ...shared }),
    z.strictObject({
      auth: z.literal('oauth2'),
      tokenUrl: z.url({
        protocol: /^https?$/,
        error: 'is no address, such as https://crm.example.com/oauth/token',
      }),
      clientId: text,
      clientSecret: text,
      clientBy: z.enum(['header', 'body']).default('header'),
      scope: z.string().default(''),
      ...shared,
    }),
  ],
  'is none of "none", "bearer", "basic", "header", "query" and "oauth2"',
);

export type RestOptions = z.output<typeof schema>;

export const options: ConnectorKind<RestOptions>['options'] = schema;

const when = (is: string) => ({ required: true, when: { field: 'auth', is } });

export const form: FormField[] = [
  {
    name: 'baseUrl',
    type: 'url',
    label: 'Address of the API',
    required: true,
    placeholder: 'https://crm.example.com/api/v1',
  },
  {
    name: 'auth',
    type: 'choice',
    label: 'Sign in by',
    required: true,
    choices: [
      { value: 'bearer', label: 'A token (Authorization: Bearer)' },
      { value: 'basic', label: 'A user name and a password' },
      { value: 'header', label: 'A header of its own' },
      { value: 'query', label: 'A query parameter' },
      { value: 'oauth2', label: 'OAuth 2, client credentials' },
      { value: 'none', label: 'Nothing' },
    ],
  },
  { name: 'token', type: 'secret', label: 'Token', ...when('bearer') },
  { name: 'username', type: 'text', label: 'User name', ...when('basic') },
  { name: 'password', type: 'secret', label: 'Password', ...when('basic') },
  {
    name: 'headerName',
    type: 'text',
    label: 'Name of the header',
    placeholder: 'X-Api-Key',
    ...when('header'),
  },
  { name: 'headerValue', type: 'secret', label: 'Value of the header', ...when('header') },
  {
    name: 'queryName',
    type: 'text',
    label: 'Name of the parameter',
    placeholder: 'api_key',
    ...when('query'),
  },
  { name: 'queryValue', type: 'secret', label: 'Value of the parameter', ...when('query') },
  { name: 'tokenUrl', type: 'url', label: 'Address for tokens', ...when('oauth2') },
  { name: 'clientId', type: 'text', label: 'Client ID', ...when('oauth2') },
  { name: 'clientSecret', type: 'secret', label: 'Client secret', ...when('oauth2') },
  {
    name: 'clientBy',
    type: 'choice',
    label: 'Client ID and secret are sent',
    ...when('oauth2'),
    required: false,
    choices: [
      { value: 'header', label: 'In a header' },
      { value: 'body', label: 'In the body' },
    ],
  },
  { name: 'scope', type: 'text', label: 'Scope', ...when('oauth2'), required: false },
  {
    name: 'api',
    type: 'json',
    label: 'Description of the API',
    help: 'Where its customers and orders are, how it pages, and what goes out. docs/crm-rest.md explains it, with a complete example.',
    required: true,
  },
];
