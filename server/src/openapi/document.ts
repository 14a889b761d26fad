import { z } from 'zod';
import { version } from '../../../package.json';
import type { Route } from '../room';
import type { Operation, RouteName } from './operation';
import { operations } from './operations';
import schemas from './schemas.json';

type Json = Record<string, unknown>;
export type Api = 'content' | 'admin';

const BASE: Record<Api, string> = { content: '/api/clv', admin: '/clv' };

/** Routes that are answered in front of Strapi's router, which does not know them. */
export const BEYOND_ROUTER: RouteName[] = [
  'POST /api/clv/collect',
  'GET /api/clv/tracker.js',
  'POST /api/clv/crm/:id/webhook',
];

/** The name of a route as operations have it. */
export const routeName = (api: Api, { method, path }: Pick<Route, 'method' | 'path'>): string =>
  `${method} ${BASE[api]}${path}`;

/** As JSON Schema 2020-12, which OpenAPI 3.1 takes; what a schema makes of its input is nobody's matter. */
function jsonSchema(schema: z.ZodType): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return rest;
}

function parametersOf(path: string, query: z.ZodType | undefined): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  if (!query) return inPath;
  const { properties = {}, required = [] } = jsonSchema(query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name) && schema.default === undefined,
    schema,
    ...(schema.type === 'object' && { style: 'deepObject', explode: true }),
  }));
  return [...inPath, ...inQuery];
}

function bodyOf({ body, upload, bodyType }: Operation): Json | undefined {
  if (upload) {
    const file = {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    };
    return { required: true, content: { 'multipart/form-data': { schema: file } } };
  }
  if (body) return { required: true, content: { 'application/json': { schema: jsonSchema(body) } } };
  return bodyType ? { required: true, content: { [bodyType]: { schema: {} } } } : undefined;
}

const error = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

function answersOf(name: RouteName, operation: Operation, open: boolean): Json {
  const { status = 200, file, also = {} } = operation;
  const schema = (schemas.answers as Record<string, Json>)[name];
  const content = file
    ? { [file]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema } };
  const answers: Json = {
    [status]: { description: 'All is well.', ...(status !== 204 && status !== 302 && { content }) },
  };
  const takes = operation.query ?? operation.body ?? operation.upload;
  if (takes) answers[400] = error('Something that was sent is wrong; the message says what and where.');
  if (!open) {
    answers[401] = error('Nobody is logged in, or the token is not known.');
    answers[403] = error('The role or the token may not do this.');
  }
  if (name.includes(':')) answers[404] = error('There is none of this name.');
  for (const [code, description] of Object.entries(also)) answers[code] = error(description);
  return answers;
}

/** What a role needs, from the route's own policies. */
function permissionsOf({ config }: Partial<Route>): string[] {
  const policies = (config?.policies ?? []) as { config?: { actions?: string[] } }[];
  return policies.flatMap((policy) => policy.config?.actions ?? []);
}

function operationObject(api: Api, name: RouteName, route: Partial<Route>): Json {
  const operation = operations[name];
  const path = name.slice(name.indexOf(' ') + 1);
  const open =
    BEYOND_ROUTER.includes(name) || (route.config as { auth?: unknown } | undefined)?.auth === false;
  const permissions = permissionsOf(route);
  const needs = permissions.length > 0 ? `Needs ${permissions.join(' and ')}.` : '';
  const description = [operation.description, needs].filter(Boolean).join(' ');
  const section = path
    .slice(BASE[api].length + 1)
    .split('/')[0]!
    .replace(/\.json$/, '');
  return {
    operationId: name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase(),
    tags: [section],
    summary: operation.summary,
    ...(description && { description }),
    parameters: parametersOf(path, operation.query),
    requestBody: bodyOf(operation),
    responses: answersOf(name, operation, open),
    security: open ? [] : [{ [api === 'admin' ? 'admin' : 'apiToken']: [] }],
  };
}

const ERROR = {
  type: 'object',
  required: ['data', 'error'],
  properties: {
    data: { type: 'null' },
    error: {
      type: 'object',
      required: ['status', 'name', 'message'],
      properties: {
        status: { type: 'integer' },
        name: { type: 'string' },
        message: { type: 'string' },
        details: {},
      },
    },
  },
};

const SECURITY: Record<Api, Json> = {
  content: {
    apiToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'An API token of Strapi, with full access or with the scope of the route.',
    },
  },
  admin: { admin: { type: 'http', scheme: 'bearer', description: 'The session of an administrator.' } },
};

/** Those of the schemas that a document refers to, directly or by way of others. */
function reached(paths: Json): Json {
  const types = schemas.types as Record<string, Json>;
  const found: Json = {};
  const waiting: unknown[] = [paths];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    for (const [, type] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (type === 'Error' || type! in found) continue;
      found[type!] = types[type!];
      waiting.push(types[type!]);
    }
  }
  return found;
}

/**
 * The OpenAPI 3.1 document of one of the plugin's two APIs.
 *
 * @param routes those that Strapi serves, without `/clv`
 * @param prefix of the content API, `/api` unless the app's configuration says another
 */
export function documentOf(api: Api, routes: Route[], prefix = '/api'): Json {
  const served = routes
    .map((route) => ({ name: routeName(api, route) as RouteName, route: route as Partial<Route> }))
    .filter(({ name }) => name in operations);
  const beyond = BEYOND_ROUTER.filter((name) => name.includes(` ${BASE[api]}/`)).map((name) => ({
    name,
    route: {},
  }));
  const paths: Record<string, Json> = {};
  for (const { name, route } of [...beyond, ...served]) {
    const [method, path] = name.split(' ') as [string, string];
    const place = path.replace(/^\/api/, api === 'content' ? prefix : '/api').replace(/:(\w+)/g, '{$1}');
    paths[place] = { ...paths[place], [method.toLowerCase()]: operationObject(api, name, route) };
  }
  return JSON.parse(
    JSON.stringify({
      openapi: '3.1.0',
      info: {
        title: `strapi-plugin-clv: ${api} API`,
        version,
        description: 'Times are epoch milliseconds; amounts are major units of the currency beside them.',
      },
      paths,
      components: { schemas: { Error: ERROR, ...reached(paths) }, securitySchemes: SECURITY[api] },
    }),
  );
}
