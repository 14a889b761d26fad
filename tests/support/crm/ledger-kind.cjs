// A kind of CRM that an app registers itself: a ledger of customers on the server of ledger.ts.
const { z } = require('zod');

class LedgerError extends Error {
  name = 'ConnectorError';
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const outcomeOf = ({ status, reason }) =>
  status === 'ok'
    ? { ok: true }
    : {
        ok: false,
        gone: status === 'gone',
        error: new LedgerError(status === 'gone' ? 'permanent' : status, reason),
      };

/** @param batch what one request may hold */
exports.ledgerKind = (batch = 10) => ({
  kind: 'ledger',
  title: 'Ledger',
  form: [
    { name: 'url', type: 'url', label: 'Address', required: true },
    { name: 'token', type: 'secret', label: 'Token', required: true },
  ],
  options: z.strictObject({ url: z.url(), token: z.string() }),
  columns: () => ({ customers: {}, orders: {}, subscriptions: {} }),
  create({ url, token }, tools) {
    const http = tools.http({
      baseUrl: url,
      timeoutMs: 20_000,
      auth: { headers: async () => ({ authorization: `Bearer ${token}` }) },
    });
    const put = async (path, body) => (await http({ method: 'PUT', url: path, body })).body;
    const send = (path) => async (records) => (await put(path, { records })).results.map(outcomeOf);
    return {
      name: 'ledger',
      capabilities: {
        pull: ['customers'],
        push: true,
        notes: true,
        webhooks: false,
        batch,
        deletions: 'unknown',
      },
      verify: async () => ({ id: 'ledger', name: 'The ledger' }),
      fields: async () => ({ customers: [], orders: [], subscriptions: [] }),
      ensureSchema: () => put('/fields', {}),
      async *pullCustomers() {},
      async *pullOrders() {},
      pushInsights: send('/insights'),
      pushNotes: send('/notes'),
    };
  },
});
