import type { ConnectorTools } from '../../../../server/src/crm/connector';
import { hubspot } from '../../../../server/src/crm/connectors/hubspot';
import type { CrmDouble, SeedCustomer, SeedDeal } from '../double';
import { type Answered, type Asked, serve } from '../served';
import { type Access, accessOf, CLIENT, HUB_ID, REFRESH_TOKEN, TOKEN } from './access';
import { batchesOf } from './batches';
import { type LimitRules, limitsOf } from './limits';
import { associations, list, makeGroup, makeProperty, properties } from './lists';
import { Refusal } from './refusal';
import { search } from './search';
import { type Store, storeOf, type Type } from './store';

export interface HubSpotDouble extends CrmDouble {
  store: Store;
  access: Access;
  limits: ReturnType<typeof limitsOf>;
  /** Contacts that a rule of the account lets nobody change. */
  forbidden: Set<string>;
  /** What may be changed while it runs. */
  rules: { lagMs: number; associationPage: number };
  asked(method: string, path: RegExp): Asked[];
}

interface Settings extends Partial<LimitRules> {
  auth?: 'token' | 'oauth';
}

/** HubSpot on loopback, as strict as the vendor's: see the files beside this one. Old and new names of versions work. */
export async function openHubSpot(settings: Settings = {}): Promise<HubSpotDouble> {
  const { auth = 'token', requests = 100_000, daily = 1_000_000, searches = 5 } = settings;
  const rules = { lagMs: 0, associationPage: 100 };
  const store = storeOf(() => rules.lagMs);
  const access = accessOf();
  const limits = limitsOf({ requests, daily, searches });
  const forbidden = new Set<string>();
  const batches = batchesOf(store, forbidden);
  let writes = 0;

  const account: Answered = {
    status: 200,
    body: {
      portalId: Number(HUB_ID),
      accountType: 'STANDARD',
      timeZone: 'Europe/Rome',
      companyCurrency: 'EUR',
      additionalCurrencies: ['JPY'],
      utcOffset: '+01:00',
      utcOffsetMilliseconds: 3_600_000,
    },
  };
  const written = (answer: Answered): Answered => {
    writes += 1;
    return answer;
  };
  type Deal = (asked: Asked, type: Type) => Answered;
  const routes: [method: string, path: string, deal: Deal][] = [
    ['GET', '/objects', (asked, type) => list(store, type, asked, rules.associationPage)],
    ['POST', '/objects/search', (asked, type) => search(store, type, asked)],
    ['POST', '/objects/batch/update', (asked, type) => written(batches.update(type, asked))],
    ['POST', '/objects/batch/upsert', (asked, type) => written(batches.upsert(type, asked))],
    ['POST', '/objects/batch/read', (asked, type) => batches.read(type, asked)],
    ['POST', '/objects/batch/create', (asked, type) => written(batches.create(type, asked))],
    ['GET', '/properties', (_asked, type) => properties(store, type)],
    ['POST', '/properties', (asked, type) => written(makeProperty(store, type, asked))],
    ['POST', '/properties/groups', (asked, type) => written(makeGroup(store, type, asked))],
    [
      'POST',
      '/associations/contacts/batch/read',
      (asked) => associations(store, asked, rules.associationPage),
    ],
  ];

  function route(asked: Asked): Answered {
    if (/^\/account-info\/(v3|2026-0[39])\/details$/.test(asked.path)) return account;
    const found = /^\/crm\/(?:v[34]\/(\w+)|(\w+)\/2026-0[39])\/(contacts|deals|notes)(\/[\w/]+)?$/.exec(
      asked.path,
    );
    const [, old, dated, type, rest = ''] = found ?? [];
    const deal = routes.find(
      ([method, path]) => method === asked.method && path === `/${old ?? dated}${rest}`,
    );
    if (!deal)
      throw new Refusal(404, 'OBJECT_NOT_FOUND', `resource not found: ${asked.method} ${asked.path}`);
    return deal[2](asked, type as Type);
  }

  const server = await serve(async (asked) => {
    try {
      if (asked.method === 'POST' && asked.path === '/oauth/v1/token') return await access.grant(asked);
      access.check(asked);
      const headers = limits.take(asked.path.endsWith('/search'));
      if (asked.method !== 'GET' && !asked.headers['content-type']?.startsWith('application/json')) {
        throw new Refusal(415, 'VALIDATION_ERROR', 'send JSON');
      }
      const answer = route(asked);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.answer();
    }
  });

  const common = { baseUrl: server.url, limit: 2000 };
  const byToken = { auth: 'token', accessToken: TOKEN, clientSecret: CLIENT.secret, ...common };
  const byOAuth = {
    auth: 'oauth',
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    hubId: HUB_ID,
    ...common,
  };
  return {
    kind: auth === 'token' ? hubspot : { ...hubspot, create: allowed },
    server,
    options: () => (auth === 'token' ? byToken : byOAuth),
    secrets: [auth === 'token' ? TOKEN : REFRESH_TOKEN, CLIENT.secret],
    wrongOptions: () =>
      auth === 'token'
        ? { ...byToken, accessToken: 'pat-eu1-of-nobody' }
        : { ...byOAuth, clientSecret: 'wrong-secret-of-nobody' },
    pageSize: 100,
    ...seeding(store),
    async insightsOf(id) {
      const all = Object.entries(store.live('contacts', id)!.properties);
      const ours = all.filter(([name]) => name.startsWith('clv_'));
      if (ours.length === 0) return null;
      return Object.fromEntries(ours.map(([name, value]) => [name.slice('clv_'.length), value || null]));
    },
    async notesOf(id) {
      const ids = [...store.noteLinks].filter(([, contacts]) => contacts.includes(id)).map(([note]) => note);
      return ids.map((note) => store.records.notes.get(note)!.properties.hs_note_body!);
    },
    writes: () => writes,
    ...(auth === 'oauth' ? { expireTokens: access.expire } : {}),
    close: () => server.close(),
    store,
    access,
    limits,
    forbidden,
    rules,
    asked: (method, path) => server.log.filter((each) => each.method === method && path.test(each.path)),
  };
}

/** As after the consent of a user a while ago: the refresh token is good, the access token has run out. */
function allowed(options: Parameters<typeof hubspot.create>[0], tools: ConnectorTools) {
  let kept = JSON.stringify({ accessToken: 'long-expired', refreshToken: REFRESH_TOKEN, expiresAt: 1 });
  const tokens: ConnectorTools['tokens'] = {
    read: async () => kept,
    async write(value) {
      kept = value;
    },
  };
  return hubspot.create(options, { ...tools, tokens });
}

const iso = (at: number) => new Date(at).toISOString();

/** What users do. */
function seeding(store: Store) {
  const contactOf = ({ email, name, company }: Partial<SeedCustomer>) => ({
    ...(email === undefined ? {} : { email: email ?? '' }),
    ...(name === undefined ? {} : { firstname: name }),
    ...(company === undefined ? {} : { company }),
  });
  const dealOf = ({ amount, currency, won, wonAt, createdAt }: Partial<SeedDeal>) => ({
    ...(amount === undefined ? {} : { amount: amount === null ? '' : String(amount) }),
    ...(currency === undefined ? {} : { deal_currency_code: currency }),
    ...(won === undefined ? {} : { hs_is_closed_won: String(won) }),
    ...(wonAt === undefined ? {} : { closedate: iso(wonAt) }),
    ...(createdAt === undefined ? {} : { createdate: iso(createdAt) }),
  });
  /** The label tells who is the primary contact, not the order. */
  const link = (deal: string, customers: string[]) =>
    store.links.set(
      deal,
      customers.map((contact, i) => ({ contact, primary: i === 0 && customers.length > 1 })).reverse(),
    );
  return {
    addCustomers: async (customers: SeedCustomer[]) =>
      customers.map((each) => store.add('contacts', contactOf(each), each.createdAt).id),
    addDeals: async (deals: SeedDeal[]) =>
      deals.map((each) => {
        const { id } = store.add('deals', dealOf(each), each.createdAt);
        link(id, each.customers);
        return id;
      }),
    async changeCustomer(id: string, change: Partial<SeedCustomer>) {
      store.change('contacts', store.live('contacts', id)!, contactOf(change));
    },
    async changeDeal(id: string, change: Partial<SeedDeal>) {
      if (change.customers) link(id, change.customers);
      store.change('deals', store.live('deals', id)!, dealOf(change));
    },
    removeCustomer: async (id: string) => store.archive('contacts', id),
    removeDeal: async (id: string) => store.archive('deals', id),
    async mergeCustomers(from: string, into: string) {
      store.remove('contacts', from);
      store.mergedInto.set(from, into);
      const winner = store.live('contacts', into)!;
      const add = (list: string | undefined, each: string) => (list ? `${list};${each}` : each);
      store.change('contacts', winner, {
        hs_merged_object_ids: add(winner.properties.hs_merged_object_ids, from),
        hs_calculated_merged_vids: add(winner.properties.hs_calculated_merged_vids, `${from}:${Date.now()}`),
      });
    },
  };
}
