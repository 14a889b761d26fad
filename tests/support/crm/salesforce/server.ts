import { type Answered, type Asked, type Served, serve } from '../served';
import { Failure } from './failure';
import { Org, SaveFailure } from './org';
import { parseSoql } from './parse-soql';
import { runSoql } from './run-soql';
import { type Field, type FieldType, field } from './schema';
import { SignIn } from './sign-in';

export interface Salesforce {
  served: Served;
  org: Org;
  signIn: SignIn;
  settings: Settings;
  /** Requests that changed something. */
  writes: number;
  /** Forgets every query that has pages left. */
  forgetQueries(): void;
  /** What an administrator does in Setup: lets the user see and edit the fields that the API made. */
  grantFieldAccess(): void;
}

export interface Settings {
  multiCurrency: boolean;
  pageSize: number;
  /** Requests within 24 hours. */
  dailyLimit: number;
  used: number;
  /** Whether the user may customise the application. */
  customise: boolean;
  /** Whether somebody lets the user see a field as soon as it is made. */
  grants: boolean;
  /** Records that another transaction holds. */
  locked: Set<string>;
}

const VERSIONS = /^\/services\/data\/v(4[2-9]|5\d|6[0-6])\.0(\/.*)$/;
/** Of an address with its query. */
const LONGEST_ADDRESS = 16_384;
const MOST_QUERIES = 10;
const MOST_RECORDS = 200;
const MOST_CHUNKS = 10;

/** A Salesforce org on loopback. */
export async function salesforceServer(change: Partial<Settings> = {}): Promise<Salesforce> {
  const settings: Settings = {
    multiCurrency: true,
    pageSize: 2000,
    dailyLimit: 15_000,
    used: 0,
    customise: true,
    grants: true,
    locked: new Set(),
    ...change,
  };
  const org = new Org(settings.multiCurrency);
  const queries = new Map<string, Record<string, unknown>[]>();
  let asked = 0;

  const served = await serve((request) => {
    if (request.path === '/services/oauth2/token') return signIn.token(request);
    try {
      const answer = authorised(request);
      return { headers: usage(), ...answer };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { status, errorCode, message } = error;
      return { status, headers: usage(), body: [{ message, errorCode }] };
    }
  });
  const signIn = new SignIn(() => served.url, org.rows('Organization')[0]!.Id);
  const usage = () => ({ 'Sforce-Limit-Info': `api-usage=${settings.used}/${settings.dailyLimit}` });

  function authorised(request: Asked): Answered {
    if (!signIn.accepts(request.headers.authorization)) {
      throw new Failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    }
    if (settings.used >= settings.dailyLimit) {
      throw new Failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    }
    settings.used += 1;
    if (request.path.length + String(request.query).length > LONGEST_ADDRESS) {
      throw new Failure(414, 'URI_TOO_LONG', 'URI Too Long');
    }
    const path = VERSIONS.exec(request.path)?.[2]?.replace(/\/$/, '');
    const answer = path && route(request, path);
    if (!answer) throw new Failure(404, 'NOT_FOUND', 'The requested resource does not exist');
    return answer;
  }

  function route({ method, query, body }: Asked, path: string): Answered | null {
    const [, resource, rest = ''] =
      /^\/(query|queryAll|sobjects|composite|tooling)(?:\/(.*))?$/.exec(path) ?? [];
    if (method === 'GET' && (resource === 'query' || resource === 'queryAll')) {
      return rest ? nextPage(rest) : firstPage(query.get('q') ?? '', resource === 'queryAll');
    }
    const described = /^(\w+)\/describe$/.exec(rest);
    if (method === 'GET' && resource === 'sobjects' && described) return describe(described[1]!);
    if (resource === 'composite' && rest === 'sobjects' && (method === 'PATCH' || method === 'POST')) {
      return saveAll(body, method === 'POST');
    }
    if (method === 'POST' && resource === 'tooling' && rest === 'sobjects/CustomField') return addField(body);
    return null;
  }

  function firstPage(text: string, all: boolean): Answered {
    const soql = parseSoql(text);
    const records = runSoql(org, soql, all);
    if (soql.count) return { status: 200, body: { totalSize: records.length, done: true, records: [] } };
    if (queries.size >= MOST_QUERIES) queries.delete(queries.keys().next().value!);
    return page(remembered(records), 0);
  }

  function remembered(records: Record<string, unknown>[]): string {
    asked += 1;
    const locator = `0r8${String(asked).padStart(15, '0')}`;
    queries.set(locator, records);
    return locator;
  }

  function nextPage(text: string): Answered {
    const [, locator = '', from] = /^(\w{18})-(\d+)$/.exec(text) ?? [];
    if (!queries.has(locator)) throw new Failure(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return page(locator, Number(from));
  }

  function page(locator: string, from: number): Answered {
    const all = queries.get(locator)!;
    const to = from + settings.pageSize;
    const done = to >= all.length;
    if (done) queries.delete(locator);
    const more = done ? {} : { nextRecordsUrl: `/services/data/v66.0/query/${locator}-${to}` };
    return {
      status: 200,
      body: { totalSize: all.length, done, ...more, records: all.slice(from, to).map(fitting) },
    };
  }

  /** A record whose subqueries have no more than a page each; the rest is a query of its own. */
  function fitting(record: Record<string, unknown>): Record<string, unknown> {
    const cut = Object.entries(record).map(([name, value]) => {
      const within = (value as { records?: Record<string, unknown>[] } | null)?.records;
      return [name, within && within.length > settings.pageSize ? page(remembered(within), 0).body : value];
    });
    return Object.fromEntries(cut);
  }

  function describe(object: string): Answered {
    const type = org.types.get(object);
    if (!type)
      return {
        status: 404,
        body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      };
    const fields = [...type.fields.values()].filter(({ visible }) => visible);
    return { status: 200, body: { name: object, fields: fields.map(({ visible: _, ...told }) => told) } };
  }

  function saveAll(
    body: { allOrNone?: boolean; records?: Record<string, unknown>[] },
    create: boolean,
  ): Answered {
    const records = body?.records;
    if (!Array.isArray(records)) throw new Failure(400, 'JSON_PARSER_ERROR', 'records are missing');
    if (records.length > MOST_RECORDS) {
      throw new Failure(
        400,
        'EXCEEDED_ID_LIMIT',
        `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
      );
    }
    const types = records.map((record) => (record.attributes as { type?: string } | undefined)?.type ?? '');
    const chunks = types.filter((type, i) => i === 0 || type !== types[i - 1]).length;
    if (chunks > MOST_CHUNKS) throw new Failure(400, 'TOO_MANY_CHUNKS', 'too many chunks of one type');
    // What is wrong with a request as a whole is found before any of it is saved.
    const parsed = records.map(({ attributes: _, id, ...values }, i) => {
      if (create && id !== undefined)
        throw new Failure(400, 'INVALID_FIELD', 'cannot specify Id in an insert call');
      if (!create && typeof id !== 'string')
        throw new Failure(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
      wellFormed(types[i]!, values);
      return { type: types[i]!, id: create ? null : (id as string), values };
    });
    salesforce.writes += 1;
    const seen = new Set<string>();
    return { status: 200, body: parsed.map((each) => saved(each, seen)) };
  }

  /** A property that is unknown or of another type spoils the whole request; a value out of bounds only its record. */
  function wellFormed(type: string, values: Record<string, unknown>): void {
    try {
      org.judged(type, values);
    } catch (error) {
      if (!(error instanceof SaveFailure)) throw error;
    }
  }

  function saved(
    record: { type: string; id: string | null; values: Record<string, unknown> },
    seen: Set<string>,
  ) {
    const { type, id, values } = record;
    try {
      if (id !== null && seen.has(id))
        throw new SaveFailure('DUPLICATE_VALUE', `duplicate id specified: ${id}`);
      if (id !== null && settings.locked.has(id)) {
        throw new SaveFailure(
          'UNABLE_TO_LOCK_ROW',
          `unable to obtain exclusive access to this record: ${id}`,
        );
      }
      if (id !== null) seen.add(id);
      return { id: org.save(type, id, values), success: true, errors: [] };
    } catch (error) {
      if (!(error instanceof SaveFailure)) throw error;
      const { statusCode, message, fields } = error;
      return { success: false, errors: [{ statusCode, message, fields }] };
    }
  }

  function addField(body: { FullName?: string; Metadata?: Record<string, unknown> }): Answered {
    if (!settings.customise) {
      throw new Failure(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on cross-reference id');
    }
    const [, object = '', name = ''] =
      /^(\w+)\.([A-Za-z](?:_?[A-Za-z0-9])*__c)$/.exec(body?.FullName ?? '') ?? [];
    if (!name) throw new Failure(400, 'FIELD_INTEGRITY_EXCEPTION', 'The Custom Field Name is not valid');
    const type = org.type(object);
    if (type.fields.has(name)) {
      throw new Failure(
        400,
        'DUPLICATE_DEVELOPER_NAME',
        `There is already a field named ${name} on ${object}.`,
      );
    }
    const made = customField(name, body.Metadata ?? {});
    type.fields.set(name, { ...made, visible: settings.grants });
    salesforce.writes += 1;
    return {
      status: 201,
      body: { id: `00N${'0'.repeat(12)}EAA`, success: true, errors: [], warnings: [], infos: [] },
    };
  }

  const salesforce: Salesforce = {
    served,
    org,
    signIn,
    settings,
    writes: 0,
    forgetQueries: () => queries.clear(),
    grantFieldAccess() {
      for (const type of org.types.values()) for (const each of type.fields.values()) each.visible = true;
    },
  };
  return salesforce;
}

const METADATA: Record<string, FieldType> = {
  Text: 'string',
  Number: 'double',
  DateTime: 'datetime',
  Date: 'date',
  Checkbox: 'boolean',
};

/** A custom field by its metadata, which must be complete. */
function customField(name: string, metadata: Record<string, unknown>): Field {
  const { type, label, length, precision, scale, inlineHelpText = '' } = metadata;
  const wrong = (why: string) => new Failure(400, 'FIELD_INTEGRITY_EXCEPTION', why);
  const kind = METADATA[String(type)];
  if (!kind) throw wrong(`type: invalid: ${type}`);
  if (typeof label !== 'string' || label.length === 0 || label.length > 40)
    throw wrong('label: is required, up to 40');
  if (String(inlineHelpText).length > 510) throw wrong('inlineHelpText: too long');
  if (kind === 'string' && !(Number(length) >= 1 && Number(length) <= 255)) throw wrong('length: 1 to 255');
  if (
    kind === 'double' &&
    !(Number(precision) <= 18 && Number(scale) >= 0 && Number(scale) <= Number(precision))
  ) {
    throw wrong('precision: up to 18, with a scale within it');
  }
  return field(name, kind, {
    label,
    length: Number(length ?? 0),
    precision: Number(precision ?? 18),
    scale: Number(scale ?? 0),
  });
}
