import { trytonKind } from '../../../../server/src/crm/connectors/tryton';
import { INSIGHT_FIELDS } from '../../../../server/src/crm/insight-fields';
import type { CrmDouble, SeedCustomer, SeedDeal } from '../double';
import { date, decimal, PASSWORD, signIn, USERNAME, type User } from './api';
import { type Front, frontOf } from './front';
import type { TrytonServer } from './server';

const PAGE_SIZE = 4;
const CHANGING = /\.(create|write|delete|copy|execute)$/;

/** A fresh database of a real Tryton with a front before it, as the contract suite wants it. */
export interface TrytonDouble extends CrmDouble {
  front: Front;
  user: User;
}

export async function trytonDouble(tryton: TrytonServer, pageSize = PAGE_SIZE): Promise<TrytonDouble> {
  const database = await tryton.addDatabase();
  const user = await signIn(tryton.url, database, USERNAME, PASSWORD);
  const front = await frontOf(tryton.url);

  const currencies = new Map<string, number>(
    (await user.call('model.currency.currency.search_read', [], 0, null, null, ['code'])).map(
      ({ id, code }: { id: number; code: string }) => [code, id],
    ),
  );

  async function sale({ customers, amount, currency, wonAt }: SeedDeal) {
    const party = Number(customers[0]);
    const [address] = await user.call('model.party.address.search', [['party', '=', party]], 0, 1, null);
    const line = { type: 'line', description: 'Advice', quantity: 1, unit_price: decimal(amount ?? 0) };
    return {
      party,
      currency: currencies.get(currency),
      invoice_address: address,
      shipment_address: address,
      sale_date: date(wonAt),
      invoice_method: 'manual',
      shipment_method: 'manual',
      lines: amount === null ? [] : [['create', [line]]],
    };
  }

  async function win(sales: number[]): Promise<void> {
    await user.call('model.sale.sale.quote', sales);
    await user.call('model.sale.sale.confirm', sales);
  }

  return {
    kind: trytonKind(pageSize),
    server: front.server,
    front,
    user,
    pageSize,
    secrets: [PASSWORD],
    options: () => ({ url: front.server.url, database, username: USERNAME, password: PASSWORD }),
    wrongOptions: () => ({ url: front.server.url, database, username: USERNAME, password: 'wrong password' }),

    async addCustomers(customers) {
      const values = customers.map(({ name, email }) => ({
        name,
        addresses: [['create', [{ city: 'Trento' }]]],
        contact_mechanisms: email === null ? [] : [['create', [{ type: 'email', value: email }]]],
      }));
      return (await user.call('model.party.party.create', values)).map(String);
    },

    async addDeals(deals) {
      const values = [];
      for (const deal of deals) values.push(await sale(deal));
      const made: number[] = await user.call('model.sale.sale.create', values);
      const won = made.filter((_, i) => deals[i]!.won);
      if (won.length > 0) await win(won);
      return made.map(String);
    },

    async changeCustomer(id, { name, email }: Partial<SeedCustomer>) {
      if (name !== undefined) await user.call('model.party.party.write', [Number(id)], { name });
      if (email === undefined) return;
      const emails = [
        ['party', '=', Number(id)],
        ['type', '=', 'email'],
      ];
      const there = await user.call('model.party.contact_mechanism.search', emails, 0, null, null);
      await user.call('model.party.contact_mechanism.write', there, { value: email });
    },

    async changeDeal(id, { won }) {
      if (won === true) await win([Number(id)]);
      if (won === false) await user.call('model.sale.sale.draft', [Number(id)]);
    },

    async removeCustomer(id) {
      await user.call('model.party.party.delete', [Number(id)]);
    },

    async removeDeal(id) {
      await user.call('model.sale.sale.draft', [Number(id)]);
      await user.call('model.sale.sale.delete', [Number(id)]);
    },

    async mergeCustomers(from, into) {
      const [session, , end] = await user.call('wizard.party.replace.create');
      const ask = { source: Number(from), destination: Number(into) };
      await user.call('wizard.party.replace.execute', session, { ask }, 'replace');
      await user.call('wizard.party.replace.execute', session, {}, end).catch(() => null);
      await user.call('wizard.party.replace.delete', session);
    },

    async insightsOf(id) {
      const [note, ...doubles] = (await messagesOf(user, id)).filter((message) => message.endsWith('[clv]'));
      if (doubles.length > 0) throw new Error(`party ${id} has ${doubles.length + 1} notes with numbers`);
      const tiers = await tiersOf(user, id);
      if (tiers.length > 1) throw new Error(`party ${id} is in ${tiers.join(' and ')}`);
      if (!note && tiers.length === 0) return null;
      return { ...numbersIn(note ?? ''), tier: tiers[0] ?? null };
    },

    async notesOf(id) {
      const messages = await messagesOf(user, id);
      return messages
        .filter((message) => message.includes('[clv:'))
        .map((message) => message.split('\n')[0]!);
    },

    writes: () =>
      front.server.log.filter(({ status, body }) => status === 200 && CHANGING.test(body.method)).length,
    expireTokens: front.endSessions,
    close: () => front.server.close(),
  };
}

/** What the notes of a party say. */
export async function messagesOf(user: User, party: string): Promise<string[]> {
  const found = await user.call(
    'model.ir.note.search_read',
    [['resource', '=', `party.party,${party}`]],
    0,
    null,
    [['id', 'ASC']],
    ['message'],
  );
  return found.map(({ message }: { message: string }) => message);
}

/** Names of the categories under "CLV" that a party has. */
export async function tiersOf(user: User, party: string): Promise<string[]> {
  const [{ categories }] = await user.call('model.party.party.read', [Number(party)], ['categories']);
  const found = await user.call('model.party.category.read', categories, ['name', 'parent.name']);
  return found
    .filter((category: { 'parent.'?: { name: string } }) => category['parent.']?.name === 'CLV')
    .map(({ name }: { name: string }) => name);
}

function numbersIn(message: string): Record<string, unknown> {
  const lines = new Map(
    message.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return Object.fromEntries(
    INSIGHT_FIELDS.map(({ name, label, type }) => {
      const text = lines.get(label.replace('CLV: ', '')) ?? null;
      return [name, type === 'money' ? (text?.split(' ')[0] ?? null) : text];
    }),
  );
}
