import type { Route } from 'playwright-core';

/** A request that was made to do something. */
export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/** What a body must be made of, member by member; a name with `?` may be left out. */
export type Shape = { [member: string]: 'string' | 'number' | 'boolean' | 'array' | 'id or null' | Shape };

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

/** What is wrong with a body; null when nothing is. */
export function wrongWith(body: unknown, shape: Shape | null, at = 'body'): string | null {
  if (shape === null) return body === undefined ? null : `${at} is more than was asked for`;
  if (kindOf(body) !== 'object') return `${at} is ${kindOf(body)}`;
  const given = body as Record<string, unknown>;
  const names = Object.keys(shape).map((name) => name.replace('?', ''));
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown) return `${at}.${unknown} is not known`;
  for (const [member, expected] of Object.entries(shape)) {
    const name = member.replace('?', '');
    const value = given[name];
    if (value === undefined && member.endsWith('?')) continue;
    if (typeof expected === 'object') {
      const wrong = wrongWith(value, expected, `${at}.${name}`);
      if (wrong) return wrong;
    } else if (
      expected === 'id or null' ? value !== null && typeof value !== 'string' : kindOf(value) !== expected
    ) {
      return `${at}.${name} is ${kindOf(value)} rather than ${expected}`;
    }
  }
  return null;
}

/** Answers as the server does when it does not do what it was asked. */
export const failed = (route: Route, status: number, error: { message: string }) =>
  route.fulfill({
    status,
    json: { data: null, error: { status, name: 'Error', details: {}, ...error } },
  });
