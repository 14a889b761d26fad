import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { type Api, BEYOND_ROUTER, documentOf, routeName } from '../../../server/src/openapi/document';
import { operations } from '../../../server/src/openapi/operations';
import { rooms } from '../../../server/src/rooms';

const routesOf = (api: Api) =>
  rooms.flatMap(({ routes }) => (api === 'admin' ? routes?.admin : routes?.contentApi) ?? []);

interface OperationObject {
  summary: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
  operationId: string;
}
const operationsIn = (api: Api) => {
  const { paths } = documentOf(api, routesOf(api)) as {
    paths: Record<string, Record<string, OperationObject>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );
};

test('every route is described, and nothing else', () => {
  const served = (['content', 'admin'] as const).flatMap((api) =>
    routesOf(api).map((route) => routeName(api, route)),
  );
  expect(Object.keys(operations).sort()).toEqual([...served, ...BEYOND_ROUTER].sort());
});

describe.each(['content', 'admin'] as const)('the document of the %s API', (api) => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(documentOf(api, routesOf(api)) as never);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test('says of each operation what it answers, under a name of its own', () => {
    const all = operationsIn(api);
    expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
    for (const { name, operation } of all) {
      expect(operation.summary, name).toMatch(/^[A-Z].*[^.]$/);
      const good = Object.entries(operation.responses).find(([status]) => Number(status) < 400)!;
      if (good[0] === '204' || good[0] === '302') continue;
      const [content] = Object.values(good[1].content ?? {});
      expect(content?.schema, name).toBeTruthy();
    }
  });

  test('refers to nothing that it does not hold', () => {
    const document = documentOf(api, routesOf(api)) as { components: { schemas: object } };
    const named = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const missing = [...named]
      .map(([, type]) => type!)
      .filter((type) => !(type in document.components.schemas));
    expect(missing).toEqual([]);
  });
});

test('a route tells which permission of a role it needs', () => {
  const document = documentOf('admin', routesOf('admin')) as {
    paths: Record<string, Record<string, { description: string }>>;
  };
  expect(document.paths['/clv/rankings']!.get!.description).toContain('plugin::clv.rankings.read');
});
