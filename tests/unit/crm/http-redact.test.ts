import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../server/src/crm/connector-error';
import { redactor } from '../../../server/src/crm/http/redact';
import { type Asked, type Served, serve } from '../../support/crm/served';
import { clientOf, failureOf } from './http-support';

const SECRET = 'p@ss wörd/+="quoted"&more';

const everything = (error: unknown) =>
  [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    (error as Error).stack,
  ].join('\n');

describe('a secret is taken out of a message', () => {
  const forms = {
    'as it is': SECRET,
    'in an address': encodeURIComponent(SECRET),
    'in a form': new URLSearchParams({ a: SECRET }).toString().slice(2),
    'in JSON': JSON.stringify(SECRET),
    'in base64': Buffer.from(SECRET).toString('base64'),
    'in base64url': Buffer.from(SECRET).toString('base64url'),
  };
  test.each(Object.entries(forms))('%s', (_, form) => {
    const clean = redactor([SECRET])(new ConnectorError('auth', `It said ${form}, twice: ${form}.`));
    expect(clean.message).not.toContain(form.replaceAll('"', ''));
    expect(clean.message).toContain('[secret]');
  });

  test('behind a name of any length, as basic authentication sends it', () => {
    for (const secret of [SECRET, 'abcdefgh', 'abcdefghi', 'abcdefghij']) {
      for (const name of ['', 'a', 'ab', 'abc']) {
        for (const rest of ['', 'x', 'xy']) {
          const sent = Buffer.from(`${name}${secret}${rest}`).toString('base64');
          const clean = redactor([secret])(new ConnectorError('auth', `Basic ${sent} is wrong`)).message;
          const left = clean.replace('Basic ', '').replace(' is wrong', '').split('[secret]');
          expect(clean, `${name}+${secret}+${rest}`).toContain('[secret]');
          expect(left.map((part) => Buffer.from(part, 'base64').toString()).join('')).not.toContain(
            secret.slice(2, -2),
          );
        }
      }
    }
  });

  test('that became known only later', () => {
    const secrets: string[] = [];
    const redact = redactor(secrets);
    secrets.push('a-fresh-token');
    expect(redact(new ConnectorError('auth', 'no a-fresh-token')).message).toBe('no [secret]');
  });

  test('and what is no secret stays, with how long to wait', () => {
    const error = new ConnectorError('rate-limit', 'Wait for it, 12345', { retryAfterMs: 7 });
    expect(redactor(['12345'])(error)).toBe(error);
    const clean = redactor(['Wait for it'])(error);
    expect([clean.kind, clean.retryAfterMs]).toEqual(['rate-limit', 7]);
  });
});

describe('a CRM that quotes what it was sent', () => {
  let server: Served;
  let answer: (asked: Asked) => unknown;
  beforeEach(async () => {
    server = await serve((asked) => ({ status: 400, body: answer(asked) }));
  });
  afterEach(() => server.close());

  const withoutSecret = async (work: Promise<unknown>) => {
    const error = await failureOf(work);
    const said = everything(error);
    expect(said).toContain('[secret]');
    for (const part of [SECRET, SECRET.slice(0, 8), 'derived-token', 'derived-'])
      expect(said).not.toContain(part);
  };

  test('gets it into no message, stack, cause or property', async () => {
    const request = {
      method: 'POST',
      url: `/x?key=${encodeURIComponent(SECRET)}`,
      body: { key: SECRET },
    } as const;
    answer = ({ query, raw }) => ({ message: `${query} and ${raw}` });
    await withoutSecret(clientOf(server, { headers: { 'x-other': 'y' } }, { secrets: [SECRET] })(request));
  });

  test('also when the message is cut in the midst of it', async () => {
    answer = () => ({ message: `${'x'.repeat(290)} ${SECRET}` });
    const error = await failureOf(clientOf(server, {}, { secrets: [SECRET] })({ method: 'GET', url: '/' }));
    expect(everything(error)).not.toContain(SECRET.slice(0, 6));
  });

  test('nor a token that was made of the credentials on the way', async () => {
    const auth = { headers: async () => ({ authorization: 'Bearer derived-token' }) };
    answer = ({ headers }) => ({ message: `You sent ${headers.authorization}` });
    await withoutSecret(clientOf(server, { auth })({ method: 'GET', url: '/' }));
  });

  test('nor by what a connector reads of it', async () => {
    answer = () => ({ errors: [{ deep: `your ${SECRET}` }] });
    const explain = ({ body }: { body: unknown }) =>
      new ConnectorError('permanent', (body as { errors: { deep: string }[] }).errors[0]!.deep);
    await withoutSecret(clientOf(server, { explain }, { secrets: [SECRET] })({ method: 'GET', url: '/' }));
  });

  test('and a server that cannot be reached leaves none in the error either', async () => {
    await server.kill();
    const auth = { headers: async () => ({ authorization: `Bearer ${encodeURIComponent(SECRET)}` }) };
    const error = await failureOf(
      clientOf(server, { auth }, { secrets: [SECRET] })({ method: 'POST', url: '/x', body: { key: SECRET } }),
    );
    expect(everything(error)).not.toContain(encodeURIComponent(SECRET).slice(0, 10));
    expect(everything(error)).not.toContain(SECRET.slice(0, 8));
    await server.revive();
  });
});
