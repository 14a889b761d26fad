import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../../server/src/config';
import { PERMISSIONS } from '../../../server/src/permissions';

const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
}

/** The dotted names of all settings, such as `tracking.rateLimit.perVisitor`. */
function settings({ properties = {} }: JsonSchema, above = ''): string[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    schema.properties ? settings(schema, `${above}${name}.`) : [above + name],
  );
}

const all = settings(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
const documented = [...readme.matchAll(/^\| `([a-zA-Z.]+)` +\|/gm)].map(([, name]) => name);

test('the README explains every setting, and no other', () => {
  expect(all.length).toBeGreaterThan(20);
  expect([...documented].sort()).toEqual([...all].sort());
});

test('the README names every permission', () => {
  for (const { displayName } of PERMISSIONS) expect(readme).toContain(`**${displayName}**`);
});

test('every file that the README shows or links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, file]) => file!);
  for (const file of links) {
    expect(() => readFileSync(path.resolve(import.meta.dirname, '../../..', file)), file).not.toThrow();
  }
});

test('every link within the README has its heading', () => {
  const slugs = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  for (const [, anchor] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect(slugs).toContain(anchor);
});
