import { createRequire } from 'node:module';
import path from 'node:path';
import type { ConnectorKind } from '../../../server/src/crm/connector';
import { type Answered, type Asked, type Served, serve } from './served';

/** For `CLV_TEST_KIND` of a Strapi in a process of its own. */
export const LEDGER_KIND = path.join(import.meta.dirname, 'ledger-node.cjs');

export const { ledgerKind } = createRequire(import.meta.url)('./ledger-kind.cjs') as {
  ledgerKind(batch?: number): ConnectorKind;
};

type Values = Record<string, string | number | null>;

interface Sent {
  customerId: string;
  key?: string;
  title?: string;
  values?: Values;
}

/** What the ledger says of one record: `ok` writes it. */
export interface Said {
  status: 'ok' | 'gone' | 'permanent' | 'transient' | 'config';
  reason?: string;
}

/** A CRM that writes down what it is told, and counts what changed by it. */
export interface Ledger {
  server: Served;
  /** By customer; those that nothing was said of are missing. */
  values: Map<string, Values>;
  /** Titles of notes by customer and key. */
  notes: Map<string, string>;
  /** Customers whose values were written, one entry for each time. */
  written: string[];
  /** How often fields were asked for. */
  prepared: number;
  /** What must be done in it by hand. */
  todo: string[];
  judge(customerId: string): Said;
  /** Awaited before a request is dealt with. */
  before(asked: Asked): Promise<void>;
  /** Awaited when it was dealt with, and before the answer. */
  after(asked: Asked): Promise<void>;
}

export const TOKEN = 'a-token-that-nobody-may-see';

export async function openLedger(): Promise<Ledger> {
  const ledger: Omit<Ledger, 'server'> = {
    values: new Map(),
    notes: new Map(),
    written: [],
    prepared: 0,
    todo: [],
    judge: () => ({ status: 'ok' }),
    before: async () => {},
    after: async () => {},
  };

  function take({ customerId, key, title, values }: Sent): Said {
    const said = ledger.judge(customerId);
    if (said.status !== 'ok') return { reason: `the ledger says ${said.status}`, ...said };
    if (key) ledger.notes.set(`${customerId} ${key}`, title!);
    else {
      ledger.values.set(customerId, values!);
      ledger.written.push(customerId);
    }
    return said;
  }

  async function handle(asked: Asked): Promise<Answered> {
    await ledger.before(asked);
    if (asked.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401 };
    if (asked.path !== '/fields') {
      const results = asked.body.records.map(take);
      await ledger.after(asked);
      return { status: 200, body: { results } };
    }
    ledger.prepared += 1;
    return { status: 200, body: { created: [], existing: [], todo: ledger.todo } };
  }
  return Object.assign(ledger, { server: await serve(handle) });
}
