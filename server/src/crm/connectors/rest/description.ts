import { z } from 'zod';
import { STREAMS, type Stream } from '../../connector';
import { INSIGHT_FIELDS } from '../../insight-fields';
import { usually } from '../shared/columns';
import { isPath } from './field-path';

/*
 * How an API is described: where its records are, how it pages, and what of a record fills which column. All of it is data;
 * nothing of it is ever run.
 */

const path = z
  .string()
  .refine(
    isPath,
    'is no path to a value; write names with dots and places, such as "data.items" or "emails[0].value"',
  );
const pathOrBody = z.union([z.literal(''), path], 'is no path to a list, and not "" for the body itself');
const address = z
  .string()
  .regex(/^\/(?!\/)[^\s#]*$/, 'is no path below the base address, such as "/contacts"');
const name = z.string().min(1).max(100);
const scalar = z.union([z.string(), z.number(), z.boolean()], 'is no text, number or truth value');
const texts = z.record(name, z.string().max(1_000));

const time = z.enum(['iso', 'unix', 'unix-ms'], 'is none of "iso", "unix" (seconds) and "unix-ms"');
export type TimeFormat = z.output<typeof time>;

const size = z.strictObject({ query: name, value: z.number().int().min(1).max(10_000) });
const paging = z.discriminatedUnion(
  'style',
  [
    z.strictObject({ style: z.literal('none') }),
    z.strictObject({
      style: z.literal('page'),
      query: name,
      first: z.number().int().default(1),
      size: size.optional(),
    }),
    z.strictObject({ style: z.literal('offset'), query: name, size }),
    z.strictObject({ style: z.literal('cursor'), query: name, next: path, size: size.optional() }),
    /** The next page's address, at a path of the body, or else in the header Link (RFC 8288). */
    z.strictObject({ style: z.literal('link'), next: path.optional(), size: size.optional() }),
  ],
  'is none of the styles "none", "page", "offset", "cursor" and "link"',
);
export type Paging = z.output<typeof paging>;

const list = z.strictObject({
  path: address,
  query: texts.default({}),
  /** Where the records are in an answer. */
  records: pathOrBody.default(''),
  id: path,
  /** The query parameter that asks for what changed since. */
  since: z.strictObject({ query: name, format: time.default('iso') }).optional(),
  paging: paging.default({ style: 'none' }),
  total: path.optional(),
});
/** A list of the API, to be read page by page. */
export type List = z.output<typeof list>;

const condition = z.strictObject({ field: path, equals: z.union([scalar, z.array(scalar).min(1)]) });
export type Condition = z.output<typeof condition>;

const OWN_COLUMNS: Record<Stream, string[]> = {
  customers: [],
  orders: ['customer_id', 'status'],
  subscriptions: ['customer_id'],
};

const NEEDED: Record<Stream, string[]> = {
  customers: [],
  orders: ['customer_id', 'ordered_at', 'amount'],
  subscriptions: ['customer_id', 'started_at', 'mrr'],
};

const source = z.union(
  [z.string().startsWith('=').max(200), path],
  'is neither a path to a value nor "=" and a fixed text, such as "=EUR"',
);

function stream(which: Stream) {
  const columns = [...OWN_COLUMNS[which], ...Object.keys(usually(which, {}))];
  const fields = z.record(z.string(), source).superRefine((given, context) => {
    for (const column of Object.keys(given).filter((each) => !columns.includes(each))) {
      const message = `is no column of ${which}; choose among ${columns.join(', ')}`;
      context.addIssue({ code: 'custom', path: [column], message });
    }
    for (const column of NEEDED[which].filter((each) => !(each in given))) {
      context.addIssue({ code: 'custom', message: `does not say where ${column} is` });
    }
  });
  return list.extend({
    /** When a record was last changed, for APIs that do not tell the time. */
    modified: path.optional(),
    fields,
    /** How times and amounts of records are written. */
    times: time.default('iso'),
    amounts: z.enum(['major', 'minor'], 'is neither "major" (12.50) nor "minor" (1250)').default('major'),
    /** What tells a deleted record: a field of it, or a list of its own. */
    deleted: z.union([path, list], 'is neither a path to a field nor a list with "path" and "id"').optional(),
    /** Only such records count. */
    won: condition.optional(),
  });
}

const PLACEHOLDERS = ['id', ...INSIGHT_FIELDS.map((field) => field.name)];
const NOTE_PLACEHOLDERS = ['id', 'key', 'title', 'text', 'at'];

/** Every `{name}` in the texts of a template must be one that is known. */
const template = (known: string[]) =>
  z.record(z.string(), z.unknown()).superRefine((body, context) => {
    for (const [, word] of JSON.stringify(body).matchAll(/\{(\w+)\}/g)) {
      if (known.includes(word!)) continue;
      context.addIssue({
        code: 'custom',
        message: `knows no {${word}}; choose among {${known.join('}, {')}}`,
      });
    }
  });

const method = z.enum(['POST', 'PUT', 'PATCH'], 'is none of "POST", "PUT" and "PATCH"');

const push = z.strictObject({
  path: address,
  method: method.default('PATCH'),
  body: template(PLACEHOLDERS),
  times: time.default('iso'),
  batch: z
    .strictObject({
      size: z.number().int().min(1).max(1_000),
      /** Where the records stand in the request. */
      records: pathOrBody.default(''),
      /** What became of each, in the order of the request; without it an answer of 2xx is good for all. */
      results: z.strictObject({ records: pathOrBody, error: path, gone: condition.optional() }).optional(),
    })
    .optional(),
});
export type Push = z.output<typeof push>;

const notes = z
  .strictObject({
    path: address,
    method: method.default('POST'),
    body: template(NOTE_PLACEHOLDERS),
    times: time.default('iso'),
    /** The header by which the API knows a note that it has already. */
    idempotencyHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,60}$/, 'is no name of a header')
      .optional(),
  })
  .refine(
    (note) => note.idempotencyHeader !== undefined || (note.method === 'PUT' && note.path.includes('{key}')),
    'needs "idempotencyHeader", or the method PUT with {key} in the path: else a note that is sent twice stands there twice',
  );
export type Notes = z.output<typeof notes>;

export const description = z.strictObject({
  /** What is asked to try the credentials; the first page of the customers unless told. */
  account: z.strictObject({ path: address, id: path.optional(), name: path.optional() }).optional(),
  headers: texts.default({}),
  limit: z
    .strictObject({
      requests: z.number().int().min(1),
      seconds: z.number().positive().max(86_400),
      concurrent: z.number().int().min(1).max(20).default(4),
    })
    .optional(),
  customers: stream('customers'),
  orders: stream('orders').optional(),
  subscriptions: stream('subscriptions').optional(),
  push: push
    .refine(
      (given) => given.batch !== undefined || given.path.includes('{id}'),
      'needs {id} in its path, or a batch',
    )
    .optional(),
  notes: notes.optional(),
});

export type Description = z.output<typeof description>;
export type StreamDescription = NonNullable<Description[Stream]>;

export const streamsOf = (api: Description): Stream[] => STREAMS.filter((each) => api[each] !== undefined);
