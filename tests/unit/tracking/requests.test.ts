import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyReader } from '../../../server/src/tracking/body';
import { dropReason, factsOf } from '../../../server/src/tracking/filters';
import { Refusal } from '../../../server/src/tracking/http';
import { visitorReader } from '../../../server/src/tracking/visitor';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const RESPECTFUL = { mode: 'assumed' as const, respectGpc: true, respectDnt: true };

describe('the filter', () => {
  const reason = (headers: Record<string, string>, consent = RESPECTFUL) =>
    dropReason(factsOf({ 'user-agent': BROWSER, ...headers }), consent);

  test('browsers pass; bots, tools and the nameless do not', () => {
    expect(reason({})).toBeNull();
    for (const agent of ['', 'curl/8.5.0', 'Googlebot/2.1', 'node', 'axios/1.7.2', 'x'.repeat(513)])
      expect(reason({ 'user-agent': agent })).toBe('bot');
  });

  test('signals of the browser count only as far as the configuration says', () => {
    const careless = { mode: 'assumed' as const, respectGpc: false, respectDnt: false };
    expect(reason({ 'sec-gpc': '1' })).toBe('gpc');
    expect(reason({ 'sec-gpc': '1' }, careless)).toBeNull();
    expect(reason({ dnt: '1' })).toBe('dnt');
    expect(reason({ dnt: '1' }, careless)).toBeNull();
    expect(reason({ dnt: '0', 'sec-gpc': '0' })).toBeNull();
  });

  test('what was fetched ahead was not seen', () => {
    for (const [name, value] of [
      ['purpose', 'prefetch'],
      ['sec-purpose', 'prefetch;prerender'],
      ['x-moz', 'prefetch'],
      ['x-purpose', 'preview'],
    ])
      expect(reason({ [name]: value })).toBe('prefetch');
  });
});

describe('the visitor', () => {
  const visitorOf = visitorReader('clv_vid');
  const key = 'a'.repeat(16);

  test('is named by the header or the cookie, in the right form', () => {
    expect(visitorOf({ 'x-clv-visitor': key })).toBe(key);
    expect(visitorOf({ cookie: `a=b; clv_vid=${key}; c=d` })).toBe(key);
    expect(visitorOf({ cookie: `clv_vid=${key}` })).toBe(key);
    expect(visitorOf({})).toBeUndefined();
    expect(visitorOf({ cookie: `not_clv_vid=${key}` })).toBeUndefined();
    for (const wrong of ['short', 'a'.repeat(65), `${'a'.repeat(15)}!`, "a' OR 1=1 --aaaaaa"]) {
      expect(visitorOf({ 'x-clv-visitor': wrong })).toBeUndefined();
      expect(visitorOf({ cookie: `clv_vid=${wrong}` })).toBeUndefined();
    }
  });
});

describe('the body', () => {
  let read: (req: IncomingMessage) => Promise<string>;
  const server = createServer((req, res) => {
    read(req).then(
      (text) => res.end(JSON.stringify({ text })),
      (error) => res.writeHead(error instanceof Refusal ? error.status : 500).end('{}'),
    );
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.closeAllConnections());

  /** Sends the parts one after the other; the last one is held back when `hang` is set. */
  function post(parts: (string | Buffer)[], hang = false) {
    return new Promise<{ status: number; text?: string }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const sender = request({ port, method: 'POST', agent: false }, async (answer) => {
        let body = '';
        for await (const chunk of answer) body += chunk;
        resolve({ status: answer.statusCode!, ...JSON.parse(body) });
      });
      sender.on('error', reject);
      for (const part of parts) sender.write(part);
      if (!hang) sender.end();
    });
  }

  test('comes whole, even when a letter is torn between two packets', async () => {
    read = bodyReader();
    const letters = Buffer.from('caffè 👩‍🚀');
    expect(await post([letters.subarray(0, 6), letters.subarray(6, 9), letters.subarray(9)])).toEqual({
      status: 200,
      text: 'caffè 👩‍🚀',
    });
    expect(await post([])).toEqual({ status: 200, text: '' });
  });

  test('may be as large as allowed, and not larger', async () => {
    read = bodyReader({ maxBytes: 10 });
    expect((await post(['1234567890'])).status).toBe(200);
    expect((await post(['1234567890', '1'])).status).toBe(413);
  });

  test('that does not end is given up', async () => {
    read = bodyReader({ maxMs: 50 });
    expect((await post(['{'], true)).status).toBe(408);
  });

  test('is refused while too many others are under way', async () => {
    const limited = bodyReader({ maxOpen: 1 });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    read = (req) => {
      begin();
      return limited(req);
    };
    const slow = post(['{'], true);
    await begun;
    expect((await post(['{}'])).status).toBe(503);
    server.closeAllConnections();
    await expect(slow).rejects.toThrow();
    expect((await post(['{}'])).status).toBe(200);
  });
});
