import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { httpClient } from '../../../server/src/crm/http/client';
import { hostGuard } from '../../../server/src/crm/http/guard';
import { type Served, serve } from '../../support/crm/served';
import { failureOf, worldOf } from './http-support';

const guard = hostGuard([]);
const refusal = (address: string, { check } = guard) => {
  try {
    check(address);
    return null;
  } catch (error) {
    return String((error as Error).message);
  }
};

test.each([
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '0',
  '127.0.0.1.',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:10.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  'localhost',
  'localhost.',
  'LOCALHOST',
  'crm.localhost',
  '①②⑦.0.0.1',
])('%s is of a private network, however it is written', (host) => {
  expect(refusal(`https://${host}/`)).toContain('private network');
  expect(refusal(`http://${host}:8000/`)).toContain('private network');
});

test.each(['93.184.216.34', '172.32.0.1', '[2606:4700::1111]', '[::ffff:8.8.8.8]', 'crm.example.com'])(
  '%s may be asked over TLS, and only so',
  (host) => {
    expect(refusal(`https://${host}/api`)).toBeNull();
    expect(refusal(`http://${host}/api`)).toContain('without TLS');
  },
);

test('an address with credentials, of another scheme or of none is refused without quoting a password', () => {
  expect(refusal('https://me:hunter22@crm.example.com')).toContain('holds credentials');
  expect(refusal('https://me@crm.example.com')).toContain('holds credentials');
  for (const address of [
    'ftp://me:hunter22@crm',
    'file:///etc/passwd',
    'me:hunter22@crm',
    '//x',
    '',
    'crm',
  ]) {
    expect(refusal(address)).toContain('no address of a CRM');
    expect(refusal(address)).not.toContain('hunter22');
  }
});

test('a host that the operator named may be asked, at the port that was named or at any', () => {
  const named = hostGuard(['127.0.0.1:8000', 'CRM.internal', '[::1]:8443', '10.0.0.1:443', '10.0.0.2:80']);
  for (const address of [
    'http://127.0.0.1:8000/x',
    'http://crm.internal',
    'https://crm.internal:9000',
    'https://[::1]:8443',
    'https://10.0.0.1',
    'http://10.0.0.2/',
  ]) {
    expect(refusal(address, named), address).toBeNull();
  }
  for (const address of ['http://127.0.0.1:8001', 'http://127.0.0.1', 'https://[::1]', 'http://10.0.0.1']) {
    expect(refusal(address, named), address).toContain('private network');
  }
});

/** Name servers of which every name has these addresses, one list for each time they are asked. */
function names(...answers: string[][]) {
  const asked: string[] = [];
  const resolve = (
    name: string,
    _options: unknown,
    callback: (error: null, addresses: LookupAddress[]) => void,
  ) => {
    const addresses = answers[Math.min(asked.push(name), answers.length) - 1]!;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { asked, resolve: resolve as never };
}

async function withServer(body: (server: Served) => Promise<void>) {
  const server = await serve(() => ({ status: 200, body: { ok: true } }));
  try {
    await body(server);
  } finally {
    await server.close();
  }
}

test('a name that leads into the private network is refused before anything is sent', () =>
  withServer(async (server) => {
    const port = server.host.split(':')[1];
    for (const answer of [
      ['127.0.0.1'],
      ['::1'],
      ['::ffff:127.0.0.1'],
      ['fe80::1%lo'],
      ['8.8.8.8', '127.0.0.1'],
    ]) {
      const { resolve } = names(answer);
      const http = httpClient(
        { baseUrl: `https://crm.example.com:${port}` },
        worldOf({ guard: hostGuard([], resolve) }),
      );
      const error = await failureOf(http({ method: 'GET', url: '/' }));
      expect(error.kind, String(answer)).toBe('config');
      expect(error.message).toContain('private network');
    }
    expect(server.log).toEqual([]);
  }));

test('a name is judged again with every connection, so that changing it afterwards helps nobody', () =>
  withServer(async (server) => {
    const port = server.host.split(':')[1];
    // Nobody listens at the first address, and so the request is tried again.
    const { asked, resolve } = names(['203.0.113.1'], ['127.0.0.1']);
    const http = httpClient(
      { baseUrl: `https://crm.example.com:${port}` },
      worldOf({ guard: hostGuard([], resolve), timeoutMs: 100 }),
    );
    const error = await failureOf(http({ method: 'GET', url: '/' }));
    expect(error.message).toContain('private network');
    expect(asked.length).toBeGreaterThan(1);
    expect(server.log).toEqual([]);
  }));

test('a name that the operator allowed at one port leads nowhere at another', () =>
  withServer(async (server) => {
    const port = server.host.split(':')[1];
    const { resolve } = names(['127.0.0.1']);
    const ask = (privateHosts: string[], baseUrl: string) =>
      httpClient(
        { baseUrl },
        worldOf({ guard: hostGuard(privateHosts, resolve) }),
      )({ method: 'GET', url: '/' });
    expect((await ask([`crm.internal:${port}`], `http://crm.internal:${port}`)).body).toEqual({ ok: true });
    expect((await ask(['crm.internal'], `http://crm.internal:${port}`)).body).toEqual({ ok: true });
    const error = await failureOf(ask(['crm.internal:8000'], `https://crm.internal:${port}`));
    expect(error.message).toContain('private network');
  }));
