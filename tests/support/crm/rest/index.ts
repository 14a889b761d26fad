import { rest } from '../../../../server/src/crm/connectors/rest';
import type { CrmDouble } from '../double';
import { type Answered, type Asked, serve } from '../served';
import { dealAs, descriptionOf, type Flavour, PAGE, personAs } from './flavours';
import { type Deal, type Person, restStore } from './store';

const TOKEN = 'rest-token-4f0c1a9b';
const NAME = 'clv-app';
const BASE = '/api/v1';

/** A CRM with a REST API of one flavour, as strict as such are: wrong paths, queries and fields are refused. */
export async function restDouble(flavour: Flavour): Promise<CrmDouble> {
  const store = restStore();
  let issued = 0;
  let valid = '';

  const authorised = ({ headers, query }: Asked): boolean => {
    switch (flavour.auth) {
      case 'bearer':
        return headers.authorization === `Bearer ${TOKEN}`;
      case 'basic':
        return headers.authorization === `Basic ${Buffer.from(`${NAME}:${TOKEN}`).toString('base64')}`;
      case 'header':
        return headers['x-api-key'] === TOKEN;
      case 'query':
        return query.getAll('api_key').join() === TOKEN;
      case 'oauth2':
        return valid !== '' && headers.authorization === `Bearer ${valid}`;
    }
  };

  function token({ headers, body }: Asked): Answered {
    const basic = `Basic ${Buffer.from(`${NAME}:${TOKEN}`).toString('base64')}`;
    if (headers.authorization !== basic) return { status: 401, body: { error: 'invalid_client' } };
    if (body?.grant_type !== 'client_credentials') return { status: 400, body: { error: 'unsupported' } };
    issued += 1;
    valid = `issued-token-${issued}-7c2d`;
    return { status: 200, body: { access_token: valid, token_type: 'Bearer', expires_in: 3_600 } };
  }

  /** One page of a list, by the flavour's own style. */
  function page(asked: Asked, items: { id: string; changed: number; as: unknown }[]): Answered {
    const { query, path } = asked;
    const known = ['limit', 'page', 'offset', 'after', 'changed_since', 'api_key'];
    if ([...query.keys()].some((name) => !known.includes(name)))
      return { status: 400, body: { message: 'query' } };
    const limit = Math.min(PAGE, Number(query.get('limit') ?? PAGE));
    const since = sinceOf(query.get('changed_since'), flavour);
    const all = items.filter(({ changed }) => changed >= since).sort((a, b) => a.id.localeCompare(b.id));
    let from = Number(query.get('offset') ?? 0);
    if (flavour.paging === 'page') from = (Number(query.get('page')) - 1) * limit;
    const after = query.get('after');
    if (after !== null) from = all.filter(({ id }) => id <= after).length;
    // As some frameworks do.
    if (flavour.paging === 'page' && from > 0 && from >= all.length)
      return { status: 404, body: 'Invalid page.' };
    const shown = all.slice(from, from + limit);
    const more = from + limit < all.length;
    const next = new URL(`http://${asked.headers.host}${path}?${query}`);
    next.searchParams.set('after', shown.at(-1)?.id ?? '');
    const link = flavour.paging.startsWith('link') && more;
    return {
      status: 200,
      headers: link && flavour.paging === 'link-header' ? { link: `<${next.href}>; rel="next"` } : {},
      body: {
        data: { items: shown.map(({ as }) => as) },
        meta: { total: all.length, next: more ? shown.at(-1)!.id : null },
        // An address without its host, as many give it.
        links: { next: link ? next.pathname + next.search : null },
      },
    };
  }

  function list(asked: Asked, records: (Person | Deal)[], as: (record: never) => unknown, deleted: boolean) {
    const shown = records.filter(({ deletedAt }) =>
      deleted ? deletedAt !== null : deletedAt === null || flavour.deleted === 'flag',
    );
    return page(
      asked,
      shown.map((record) => ({
        id: record.id,
        changed: record.changed,
        as: deleted ? { record: record.id } : as(record as never),
      })),
    );
  }

  function handle(asked: Asked): Answered {
    const { method, path, body, headers } = asked;
    if (path === '/oauth/token' && flavour.auth === 'oauth2') return token(asked);
    if (!path.startsWith(BASE)) return { status: 404, body: { message: 'no such path' } };
    if (!authorised(asked)) return { status: 401, body: { message: 'Who are you?' } };
    const steps = path.slice(BASE.length + 1).split('/');
    const people = [...store.people.values()];
    const deals = [...store.deals.values()];
    const route = `${method} ${steps.map((step) => (/^p-\d+$/.test(step) ? ':id' : step)).join('/')}`;
    const person = store.person(steps[1] ?? '');
    switch (route) {
      case 'GET me':
        return { status: 200, body: { account: { id: 42, name: 'Example Ltd' } } };
      case 'GET people':
        return list(asked, people, (record: Person) => personAs(record, flavour), false);
      case 'GET people/deleted':
        return list(asked, people, () => null, true);
      case 'GET deals':
        return list(asked, deals, (record: Deal) => dealAs(record, flavour), false);
      case 'GET deals/deleted':
        return list(asked, deals, () => null, true);
      case 'PATCH people/:id': {
        if (!person) return { status: 404, body: { message: 'no such person' } };
        const wrong = store.write(person, body?.custom);
        return wrong ? { status: 422, body: { message: wrong } } : { status: 200, body: { id: person.id } };
      }
      case 'POST people/update': {
        const results = body.people.map((each: { id: string; custom: unknown }) => {
          const one = store.person(each.id);
          if (!one) return { code: 404, error: 'no such person' };
          const error = store.write(one, each.custom);
          return error ? { code: 422, error } : { code: 200, error: null };
        });
        if (results.length > 8) return { status: 413, body: { message: 'too many' } };
        return { status: 200, body: { results } };
      }
      case 'POST people/:id/notes': {
        const key = headers['idempotency-key'];
        if (!person) return { status: 404, body: { message: 'no such person' } };
        if (typeof key !== 'string') return { status: 400, body: { message: 'no key' } };
        store.addNote(person, key, body.title);
        return { status: 201, body: { ok: true } };
      }
      default:
        return { status: 404, body: { message: `no such path: ${route}` } };
    }
  }

  const server = await serve(handle);
  const credentials = (secret: string): Record<string, unknown> => {
    switch (flavour.auth) {
      case 'bearer':
        return { token: secret };
      case 'basic':
        return { username: NAME, password: secret };
      case 'header':
        return { headerName: 'X-Api-Key', headerValue: secret };
      case 'query':
        return { queryName: 'api_key', queryValue: secret };
      case 'oauth2':
        return { tokenUrl: `${server.url}/oauth/token`, clientId: NAME, clientSecret: secret };
    }
  };
  const optionsWith = (secret: string) => ({
    baseUrl: server.url + BASE,
    auth: flavour.auth,
    ...credentials(secret),
    api: JSON.stringify(descriptionOf(flavour)),
  });

  return {
    kind: rest,
    server,
    options: () => optionsWith(TOKEN),
    secrets: [TOKEN],
    wrongOptions: () => optionsWith(`${TOKEN}-wrong`),
    pageSize: PAGE,
    addCustomers: async (seeds) => seeds.map((seed) => store.addPerson(seed)),
    addDeals: async (seeds) => seeds.map((seed) => store.addDeal(seed)),
    changeCustomer: async (id, change) => store.changePerson(id, change),
    changeDeal: async (id, change) => store.changeDeal(id, change),
    removeCustomer: async (id) => store.changePerson(id, { deletedAt: Date.now() }),
    removeDeal: async (id) => store.changeDeal(id, { deletedAt: Date.now() }),
    async insightsOf(id) {
      const custom = store.person(id)?.custom ?? {};
      const entries = Object.entries(custom).map(([name, value]) => [name.replace(/^clv_/, ''), value]);
      return entries.length === 0 ? null : Object.fromEntries(entries);
    },
    notesOf: async (id) => [...(store.person(id)?.notes.values() ?? [])],
    writes: store.writes,
    expireTokens() {
      valid = '';
    },
    close: () => server.close(),
  };
}

function sinceOf(said: string | null, { times }: Flavour): number {
  if (said === null) return 0;
  if (times === 'iso') return Date.parse(said);
  return Number(said) * (times === 'unix' ? 1000 : 1);
}
