// A kind of CRM as an app registers it from its own code: the one of crm-server.mjs.
import { z } from 'zod';

const PAGE = 100;

const customer = ({ id, email, company, segment, source, created_at }) => ({
  id,
  customers: [{ customer_id: id, email, company, segment, channel: source, acquired_at: created_at }],
});

const order = ({ id, contact_id, amount, currency, status, closed_at }) => ({
  id,
  orders:
    status === 'won'
      ? [{ order_id: id, customer_id: contact_id, amount, currency, ordered_at: closed_at }]
      : [],
});

export const benchKind = {
  kind: 'bench',
  title: 'A CRM on loopback',
  form: [
    { name: 'url', type: 'url', label: 'Address', required: true },
    { name: 'token', type: 'secret', label: 'Token', required: true },
    { name: 'rate', type: 'text', label: 'Requests within a window', required: false },
    { name: 'windowMs', type: 'text', label: 'Milliseconds of the window', required: false },
  ],
  options: z.strictObject({
    url: z.url(),
    token: z.string(),
    rate: z.coerce.number().default(0),
    windowMs: z.coerce.number().default(1_000),
  }),
  columns: () => ({ customers: {}, orders: {}, subscriptions: {} }),
  create({ url, token, rate, windowMs }, tools) {
    const http = tools.http({
      baseUrl: url,
      timeoutMs: 5_000,
      auth: { headers: async () => ({ authorization: `Bearer ${token}` }) },
      ...(rate > 0 && { limit: { requests: rate, perMs: windowMs } }),
    });

    /** The cursor is the server's while pages are left, and then says that only what changed is of interest. */
    async function* pull(path, record, cursor) {
      let place = cursor ? JSON.parse(cursor) : {};
      for (;;) {
        const { body } = await http({ method: 'GET', url: path, query: { limit: PAGE, ...place } });
        place = body.next ? { cursor: body.next } : { since: 'now' };
        yield { records: body.data.map(record), cursor: JSON.stringify(place), total: body.total };
        if (!body.next) return;
      }
    }

    return {
      name: 'bench',
      capabilities: {
        pull: ['customers', 'orders'],
        push: true,
        notes: false,
        webhooks: false,
        batch: 100,
        deletions: 'unknown',
      },
      verify: async () => (await http({ method: 'GET', url: '/me' })).body,
      fields: async () => ({ customers: [], orders: [], subscriptions: [] }),
      ensureSchema: async () => ({ created: [], existing: [], todo: [] }),
      pullCustomers: (cursor) => pull('/contacts', customer, cursor),
      pullOrders: (cursor) => pull('/orders', order, cursor),
      async pushInsights(batch) {
        const body = batch.map(({ customerId, values }) => ({ id: customerId, values }));
        const answer = await http({ method: 'POST', url: '/insights', body, idempotent: true });
        return answer.body.results.map((result) => {
          if (result === 'ok') return { ok: true };
          throw new Error(`the server refused an insight: ${result}`);
        });
      },
    };
  },
};
