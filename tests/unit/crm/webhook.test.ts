import { describe, expect, test } from 'vitest';
import type { ConnectorTools } from '../../../server/src/crm/connector';
import { ConnectorError } from '../../../server/src/crm/connector-error';
import { webhook } from '../../../server/src/crm/connectors/webhook';
import { newsIn } from '../../../server/src/crm/connectors/webhook/body';
import { checkedId } from '../../../server/src/crm/connectors/webhook/signature';
import { publicAddressOf } from '../../../server/src/crm/webhooks/address';

/** The example that the specification of Standard Webhooks gives to those who implement it. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const AT = 1_614_265_330_000;
const message = (headers: Record<string, string> = HEADERS) => ({
  method: 'POST',
  url: 'https://cms.example.com/api/clv/crm/x/webhook',
  headers,
  body: Buffer.from('{"test": 2432232314}'),
});

describe('the signature of a webhook', () => {
  test('is the one of the specification', () => {
    expect(checkedId(SECRET, message(), AT)).toBe(HEADERS['webhook-id']);
  });

  test.each([-300_000, 0, 300_000])('holds five minutes either way: %i ms', (off) => {
    expect(checkedId(SECRET, message(), AT + off)).toBe(HEADERS['webhook-id']);
  });

  test.each([-301_000, 301_000, Number.NaN])('and no longer: %d ms', (off) => {
    expect(() => checkedId(SECRET, message(), AT + (off || 1e12))).toThrow(ConnectorError);
  });

  test('without one, or with one of another kind, a message is refused', () => {
    for (const signature of ['', 'v1', 'v1,', `v1a,${HEADERS['webhook-signature'].slice(3)}`, 'v1,AAAA']) {
      const headers = { ...HEADERS, 'webhook-signature': signature };
      expect(() => checkedId(SECRET, message(headers), AT), signature).toThrow(/signature/);
    }
  });
});

describe('the secret', () => {
  const judged = (secret: string) => webhook.options.safeParse({ secret });
  test('has the form that Standard Webhooks gives it', () => {
    expect(judged(SECRET).success).toBe(true);
    expect(judged(`whsec_${Buffer.alloc(64, 1).toString('base64')}`).success).toBe(true);
    for (const secret of ['', 'whsec_', 'whsec_short', SECRET.slice(6), `${SECRET}!`]) {
      const result = judged(secret);
      expect(result.success, secret).toBe(false);
      if (secret.length > 12) expect(result.error!.message).not.toContain(secret.slice(0, 12));
    }
  });
});

describe('what a message says', () => {
  const news = (body: unknown) => newsIn(Buffer.from(JSON.stringify(body)), 'msg_1');

  test('is rows by stream, each a record by its id; one without an id keeps its place for a complaint', () => {
    const { records } = news({ orders: [{ order_id: 7, amount: '1' }, { order_id: ' ' }, {}] });
    expect(records!.orders!.map(({ id }) => id)).toEqual(['7', 'msg_1:1', 'msg_1:2']);
    expect(records!.orders![0]!.orders).toEqual([{ order_id: 7, amount: '1' }]);
    expect(records!.customers).toEqual([]);
  });

  test('is deletions, people to forget and people who became one', () => {
    expect(
      news({ deleted: { orders: ['a', 2] }, erased: ['C-1'], merged: [{ from: 'C-2', into: 3 }] }),
    ).toMatchObject({
      gone: [{ stream: 'orders', ids: ['a', '2'] }],
      erased: ['C-1'],
      merged: [{ from: 'C-2', into: '3' }],
    });
  });

  test('is told in a word when it makes no sense', () => {
    for (const [body, place] of [
      [{ orders: {} }, 'orders'],
      [{ order: [] }, 'the body'],
      [{ deleted: { deals: [] } }, 'deleted'],
      [{ orders: [1] }, 'orders.0'],
      [null, 'the body'],
    ] as const) {
      expect(() => news(body)).toThrow(new RegExp(`^${place}:`));
    }
  });
});

test('there is nothing to ask of a sender', async () => {
  const connector = webhook.create({ secret: SECRET }, { now: () => AT } as ConnectorTools);
  expect((await connector.verify()).id).toBe('webhook');
  expect(connector.capabilities.pull).toEqual([]);
  for await (const page of connector.pullCustomers(null)) expect(page).toBeUndefined();
});

describe('the address of a webhook, as its sender knows it', () => {
  const request = {
    originalUrl: '/api/clv/crm/x/webhook?a=1',
    href: 'http://10.0.0.7:1337/api/clv/crm/x/webhook?a=1',
  };
  const strapi = (url: unknown) => ({ config: { get: () => url } }) as never;

  test('is the public one where the app names it', () => {
    for (const url of ['https://www.example.com', 'https://www.example.com/']) {
      expect(publicAddressOf(strapi(url), request)).toBe('https://www.example.com/api/clv/crm/x/webhook?a=1');
    }
    expect(publicAddressOf(strapi('https://www.example.com/cms'), request)).toBe(
      'https://www.example.com/cms/api/clv/crm/x/webhook?a=1',
    );
  });

  test('and else the one of the request', () => {
    for (const url of ['', undefined, '/cms']) {
      expect(publicAddressOf(strapi(url), request)).toBe(request.href);
    }
  });
});
