import { z } from 'zod';
import type { ConnectorKind, FormField } from '../../connector';

const schema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'is no address; write it like https://erp.example.com' }),
  database: z.string().regex(/^[\w.-]+$/, 'is no name of a database'),
  username: z.string().min(1),
  password: z.string().min(1),
  wonOpportunities: z.enum(['ignore', 'count']).default('ignore'),
});

export type TrytonOptions = z.output<typeof schema>;

export const options: ConnectorKind<TrytonOptions>['options'] = schema;

export const form: FormField[] = [
  {
    name: 'url',
    type: 'url',
    label: 'Address of the server',
    help: 'Where the web client is, without the name of the database.',
    required: true,
    placeholder: 'https://erp.example.com',
  },
  { name: 'database', type: 'text', label: 'Database', required: true },
  {
    name: 'username',
    type: 'text',
    label: 'User',
    help: 'It reads parties, sales and opportunities, and writes parties, their categories and notes.',
    required: true,
  },
  { name: 'password', type: 'secret', label: 'Password', required: true },
  {
    name: 'wonOpportunities',
    type: 'choice',
    label: 'Won opportunities without a sale',
    help: 'Tryton makes a sale of an opportunity before it can be won; only imported ones are won without.',
    required: false,
    choices: [
      { value: 'ignore', label: 'Do not count' },
      { value: 'count', label: 'Count as orders of their amount' },
    ],
  },
];
