import type { ConnectorTools } from '../../../../server/src/crm/connector';
import { pipedrive } from '../../../../server/src/crm/connectors/pipedrive';
import type { CrmDouble, SeedCustomer, SeedDeal } from '../double';
import { type Asked, serve } from '../served';
import { accessOf, CLIENT, demandJson, REFRESH_TOKEN, TOKEN } from './access';
import { type LimitRules, limitsOf } from './limits';
import { demand, Refusal } from './refusal';
import { type Route, routesOf } from './routes';
import { type Store, type StoredDeal, type StoredPerson, storeOf } from './store';

export const WEBHOOKS = { webhookUser: 'pipedrive', webhookPassword: 'password-of-webhooks' };

export interface PipedriveDouble extends CrmDouble {
  store: Store;
  limits: ReturnType<typeof limitsOf>;
  /** The clock of the server. */
  clock: { now: number | null };
  /** From now on no cursor is good that was handed out before. */
  forgetCursors(): void;
  /** Requests to an endpoint. */
  asked(method: string, path: string): Asked[];
}

interface Rules extends Partial<LimitRules> {
  auth?: 'token' | 'oauth';
}

/** Pipedrive on loopback, as strict as the vendor's: see the files beside this one. */
export async function openPipedrive(rules: Rules = {}): Promise<PipedriveDouble> {
  const { auth = 'token', burst = 100_000, tokens = 10_000_000, told = true } = rules;
  const clock: PipedriveDouble['clock'] = { now: null };
  const store = storeOf(() => clock.now ?? Date.now());
  const access = accessOf();
  const limits = limitsOf({ burst, tokens, told });
  let epoch = 1;
  let writes = 0;
  const routes = routesOf(store, () => epoch);

  const server = await serve((asked) => {
    if (asked.method === 'POST' && asked.path === '/oauth/token') return access.token(asked, server.url);
    try {
      access.check(asked);
      const route = routeFor(asked, routes);
      limits.take(route.cost, Date.now());
      demandJson(asked);
      const answer = route.deal(asked);
      if (asked.method !== 'GET') writes += 1;
      return { ...answer, headers: limits.headers(Date.now()) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const answer = error.answer();
      return { ...answer, headers: { ...limits.headers(Date.now()), ...answer.headers } };
    }
  });

  const byToken = { auth: 'token', baseUrl: server.url, apiToken: TOKEN };
  const byOAuth = { auth: 'oauth', oauthUrl: server.url, clientId: CLIENT.id, clientSecret: CLIENT.secret };
  return {
    kind: auth === 'token' ? pipedrive : { ...pipedrive, create: allowed },
    server,
    options: () => ({ ...(auth === 'token' ? byToken : byOAuth), ...WEBHOOKS }),
    secrets: [...(auth === 'token' ? [TOKEN] : [CLIENT.secret, REFRESH_TOKEN]), WEBHOOKS.webhookPassword],
    wrongOptions: () =>
      auth === 'token'
        ? { ...byToken, apiToken: 'wrong-token-of-nobody' }
        : { ...byOAuth, clientSecret: 'wrong-secret-of-nobody' },
    pageSize: 500,
    ...seeding(store),
    insightsOf: async (id) => insightsOf(store, Number(id)),
    notesOf: async (id) =>
      [...store.notes.values()]
        .filter(({ personId }) => personId === Number(id))
        .map(({ content }) => content),
    writes: () => writes,
    ...(auth === 'oauth' ? { expireTokens: access.expire } : {}),
    close: () => server.close(),
    store,
    limits,
    clock,
    forgetCursors: () => {
      epoch += 1;
    },
    asked: (method, path) => server.log.filter((each) => each.method === method && each.path === path),
  };
}

function routeFor(asked: Asked, routes: Route[]): Route {
  const there = routes.filter(({ path }) => path.test(asked.path));
  demand(there.length > 0, 'Unknown method .', 404);
  const route = there.find(({ method }) => method === asked.method);
  demand(route, 'Method not allowed', 405);
  return route;
}

/** As after the consent of a user a while ago: the refresh token is good, the access token no longer. */
function allowed(options: Parameters<typeof pipedrive.create>[0], tools: ConnectorTools) {
  if (options.auth !== 'oauth') throw new Error('this double knows only OAuth');
  const tokens = { accessToken: 'long-expired', refreshToken: REFRESH_TOKEN, apiDomain: options.oauthUrl };
  let kept = JSON.stringify(tokens);
  const storage = {
    read: async () => kept,
    write: async (value: string) => {
      kept = value;
    },
  };
  return pipedrive.create(options, { ...tools, tokens: storage });
}

function insightsOf(store: Store, id: number): Record<string, unknown> | null {
  const { custom } = store.persons.get(id)!;
  const ours = store.personFields.filter(({ name, code }) => name.startsWith('clv_') && code in custom);
  if (ours.length === 0) return null;
  return Object.fromEntries(
    ours.map(({ name, code, type }) => {
      const value = custom[code] as { value?: unknown } | null;
      return [name.slice('clv_'.length), type === 'monetary' ? (value?.value ?? null) : value];
    }),
  );
}

/** What users do. */
function seeding(store: Store) {
  const person = (id: string) => store.persons.get(Number(id))!;
  const deal = (id: string) => store.deals.get(Number(id))!;
  const touch = (record: { changedAt: number }) => {
    record.changedAt = store.now();
  };

  function organization(name: string): number {
    const there = [...store.organizations.values()].find((each) => each.name === name);
    const made = there ?? { ...store.base(), name };
    store.organizations.set(made.id, made);
    return made.id;
  }

  function fillPerson(
    target: StoredPerson,
    { email, name, company, createdAt }: Partial<SeedCustomer>,
  ): void {
    if (name !== undefined) target.name = name;
    if (createdAt !== undefined) target.addedAt = createdAt;
    if (company !== undefined) target.orgId = organization(company);
    if (email !== undefined) target.emails = email ? [{ value: email, primary: true, label: 'work' }] : [];
    touch(target);
  }

  function fillDeal(target: StoredDeal, change: Partial<SeedDeal>): void {
    const { customers, amount, currency, won, wonAt, createdAt } = change;
    if (customers !== undefined) target.personId = Number(customers[0]);
    if (amount !== undefined) target.value = amount === null ? null : Number(amount);
    if (currency !== undefined) target.currency = currency;
    if (createdAt !== undefined) target.addedAt = createdAt;
    if (won !== undefined) target.status = won ? 'won' : 'lost';
    if (wonAt !== undefined) target.wonAt = wonAt;
    if (target.status === 'won') target.wonAt ??= store.now();
    touch(target);
  }

  return {
    async addCustomers(customers: SeedCustomer[]) {
      return customers.map((seed) => {
        const made: StoredPerson = { ...store.base(), name: '', orgId: null, emails: [] };
        fillPerson(made, seed);
        store.persons.set(made.id, made);
        return String(made.id);
      });
    },
    async addDeals(deals: SeedDeal[]) {
      return deals.map((seed) => {
        const made: StoredDeal = {
          ...store.base(),
          title: 'A deal',
          personId: null,
          orgId: null,
          status: 'open',
          value: null,
          currency: 'EUR',
          wonAt: null,
          archived: false,
        };
        fillDeal(made, seed);
        store.deals.set(made.id, made);
        return String(made.id);
      });
    },
    changeCustomer: async (id: string, change: Partial<SeedCustomer>) => fillPerson(person(id), change),
    changeDeal: async (id: string, change: Partial<SeedDeal>) => fillDeal(deal(id), change),
    async removeCustomer(id: string) {
      Object.assign(person(id), { deleted: true });
      touch(person(id));
    },
    async removeDeal(id: string) {
      Object.assign(deal(id), { deleted: true });
      touch(deal(id));
    },
  };
}
