import { createRequire } from 'node:module';
import type { ConnectorKind, CrmRow, PulledRecord, Stream } from '../../../server/src/crm/connector';
import { type Asked, type Served, serve } from './served';

export const LOOP_KIND = createRequire(import.meta.url).resolve('./loop-kind.cjs');
export const loopKind: ConnectorKind = createRequire(import.meta.url)(LOOP_KIND);

/** What the credentials are; nobody may ever see them. */
export const KEY = 'loop-key-7f3a91';
export const TOKEN = 'loop-token-55c0de';

interface Entry {
  seq: number;
  record: PulledRecord | null;
  gone?: string;
  erased?: string;
  merged?: { from: string; into: string };
}

export interface Loop {
  server: Served;
  options(): Record<string, unknown>;
  /** Makes or changes records. */
  put(stream: Stream, records: PulledRecord[]): void;
  remove(stream: Stream, id: string): void;
  erase(id: string): void;
  merge(from: string, into: string): void;
  /** Forgets every record, as if it had never been. */
  clear(): void;
  close(): Promise<void>;
}

/** @param pageSize records that a page holds */
export async function loopCrm(pageSize = 10): Promise<Loop> {
  const streams: Record<Stream, Map<string, Entry>> = {
    customers: new Map(),
    orders: new Map(),
    subscriptions: new Map(),
  };
  let seq = 0;
  /** What comes last in the order of changes, and once. */
  const set = (stream: Stream, key: string, entry: Omit<Entry, 'seq'>) => {
    seq += 1;
    streams[stream].delete(key);
    streams[stream].set(key, { seq, ...entry });
  };

  function answer({ method, path, query, headers, body }: Asked) {
    if (path === '/token' && method === 'POST') {
      const good = body?.code === 'good-code';
      return good
        ? { status: 200, body: { access_token: TOKEN } }
        : { status: 401, body: { message: `no such code ${body?.code}` } };
    }
    if (headers.authorization !== `Bearer ${KEY}`) {
      return { status: 401, body: { message: `${headers.authorization} is not known` } };
    }
    if (path === '/account') return { status: 200, body: { id: 'loop-1', name: 'Loop Ltd', token: TOKEN } };
    const [, first, second] = path.split('/');
    if (first === 'ids') {
      const entries = [...streams[second as Stream].values()];
      return { status: 200, body: { ids: entries.flatMap(({ record }) => record?.id ?? []) } };
    }
    const entries = [...streams[first as Stream].values()];
    const after = Number(query.get('after'));
    const fresh = entries.filter((entry) => entry.seq > after);
    const some = fresh.slice(0, pageSize);
    return {
      status: 200,
      body: {
        pages: some,
        page: {
          records: some.flatMap(({ record }) => record ?? []),
          gone: some.flatMap(({ gone }) => gone ?? []),
          erased: some.flatMap(({ erased }) => erased ?? []),
          merged: some.flatMap(({ merged }) => merged ?? []),
        },
        after: some.at(-1)?.seq ?? after,
        more: fresh.length > pageSize,
        total: entries.length,
      },
    };
  }

  const server = await serve(answer);
  return {
    server,
    options: () => ({ url: server.url, key: KEY }),
    put(stream, records) {
      for (const record of records) set(stream, record.id, { record });
    },
    remove: (stream, id) => set(stream, id, { record: null, gone: id }),
    erase: (id) => set('customers', id, { record: null, erased: id }),
    merge: (from, into) => set('customers', from, { record: null, merged: { from, into } }),
    clear() {
      for (const records of Object.values(streams)) records.clear();
    },
    close: () => server.close(),
  };
}

export const customerRecord = (id: string, more: CrmRow = {}): PulledRecord => ({
  id,
  customers: [{ customer_id: id, email: `${id}@example.com`, ...more }],
});

export const orderRecord = (id: string, customer: string, more: CrmRow = {}): PulledRecord => ({
  id,
  orders: [
    {
      order_id: id,
      customer_id: customer,
      ordered_at: '2026-03-01T10:00:00Z',
      amount: '12.50',
      currency: 'EUR',
      ...more,
    },
  ],
});
