// A CRM of our own making for tests of the engine, as an app would register it: every record has a number that grows with
// each change, and a page is what changed behind a number. Plain JavaScript, so that other processes can load it too.
const { z } = require('zod');

const field = (name, type, required) => ({ name, type, label: name, required });
const columns = (names) => Object.fromEntries(names.map((name) => [name, name]));
const COLUMNS = {
  customers: columns(['customer_id', 'email', 'segment']),
  orders: columns(['order_id', 'customer_id', 'ordered_at', 'amount', 'currency']),
  subscriptions: columns(['subscription_id', 'customer_id', 'started_at', 'mrr', 'currency']),
};

function create({ url, key, listed }, { http, tokens }) {
  const ask = http({ baseUrl: url, auth: { headers: async () => ({ authorization: `Bearer ${key}` }) } });

  async function* pull(stream, cursor) {
    let after = Number(cursor ?? 0);
    for (;;) {
      const { body } = await ask({ method: 'GET', url: `/${stream}`, query: { after } });
      if (body.pages.length === 0 && cursor !== null) return;
      after = body.after;
      const gone = listed === 'yes' ? [] : body.page.gone;
      yield { ...body.page, gone, cursor: String(after), total: body.total };
      if (!body.more) return;
    }
  }

  return {
    name: 'loop',
    capabilities: {
      pull: ['customers', 'orders', 'subscriptions'],
      push: false,
      notes: false,
      webhooks: false,
      batch: 100,
      deletions: listed === 'yes' ? 'listed' : 'told',
    },
    async verify() {
      const { body } = await ask({ method: 'GET', url: '/account' });
      await tokens.write(JSON.stringify({ access: body.token }));
      return { id: body.id, name: body.name, currency: 'EUR' };
    },
    fields: async () =>
      Object.fromEntries(
        Object.entries(COLUMNS).map(([stream, names]) => [
          stream,
          Object.keys(names).map((name) => ({ name, label: name, type: 'text' })),
        ]),
      ),
    ensureSchema: async () => ({ created: [], existing: [], todo: [] }),
    pullCustomers: (cursor) => pull('customers', cursor),
    pullOrders: (cursor) => pull('orders', cursor),
    pullSubscriptions: (cursor) => pull('subscriptions', cursor),
    async *pullIds(stream) {
      const { body } = await ask({ method: 'GET', url: `/ids/${stream}` });
      yield body.ids;
    },
    pushInsights: async (batch) => batch.map(() => ({ ok: true })),
    budget: () => ({ remaining: 90, limit: 100, per: 'day', resetsAt: null }),
  };
}

module.exports = {
  kind: 'loop',
  title: 'Loop',
  form: [field('url', 'url', true), field('key', 'secret', true), field('listed', 'choice', false)],
  options: z.strictObject({ url: z.url(), key: z.string().min(8), listed: z.enum(['yes']).optional() }),
  columns: () => COLUMNS,
  create,
  oauth: {
    authorizeUrl: ({ url }, redirectUrl, state) =>
      `${url}/authorize?${new URLSearchParams({ redirect_uri: redirectUrl, state })}`,
    async exchange({ url }, http, code, redirectUrl) {
      const ask = http({ baseUrl: url });
      const body = { code, redirect_uri: redirectUrl };
      const answer = await ask({ method: 'POST', url: '/token', body, form: true });
      return JSON.stringify({ access: answer.body.access_token });
    },
  },
};
