import { demand } from './refusal';

export type Type = 'contacts' | 'deals' | 'notes';

export interface Stored {
  id: string;
  properties: Record<string, string>;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
}

export interface Definition {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  hasUniqueValue?: boolean;
  showCurrencySymbol?: boolean;
  [more: string]: unknown;
}

const define = (name: string, type = 'string', more: Partial<Definition> = {}): [string, Definition] => [
  name,
  { name, label: name, type, fieldType: 'text', groupName: 'information', ...more },
];

const ALWAYS = [
  define('hs_object_id', 'number'),
  define('hs_lastmodifieddate', 'datetime'),
  define('createdate', 'datetime'),
  define('hs_merged_object_ids', 'enumeration'),
];
const PROPERTIES: Record<Type, [string, Definition][]> = {
  contacts: [
    ...ALWAYS,
    ...['email', 'firstname', 'lastname', 'company', 'hs_calculated_merged_vids'].map((name) => define(name)),
    define('hs_analytics_source', 'enumeration'),
    define('hs_lifecyclestage_customer_date', 'datetime'),
    define('lastmodifieddate', 'datetime'),
    define('nps_answer', 'number'),
    define('cost_of_winning', 'number', { showCurrencySymbol: true }),
  ],
  deals: [
    ...ALWAYS,
    define('dealname'),
    define('amount', 'number', { showCurrencySymbol: true }),
    define('deal_currency_code', 'enumeration'),
    define('closedate', 'datetime'),
    define('hs_is_closed_won', 'bool'),
    define('hs_mrr', 'number'),
    define('margin', 'number'),
  ],
  notes: [...ALWAYS, define('hs_timestamp', 'datetime'), define('hs_note_body')],
};
export const MODIFIED: Record<Type, string> = {
  contacts: 'lastmodifieddate',
  deals: 'hs_lastmodifieddate',
  notes: 'hs_lastmodifieddate',
};

export interface Link {
  contact: string;
  primary: boolean;
}

/** What the account holds, and an index of it that lags behind. */
export function storeOf(lagMs: () => number) {
  const records: Record<Type, Map<string, Stored>> = {
    contacts: new Map(),
    deals: new Map(),
    notes: new Map(),
  };
  const index: Record<Type, Map<string, Record<string, string>>> = {
    contacts: new Map(),
    deals: new Map(),
    notes: new Map(),
  };
  const definitions = {} as Record<Type, Map<string, Definition>>;
  for (const type of ['contacts', 'deals', 'notes'] as const) definitions[type] = new Map(PROPERTIES[type]);
  let pending: { due: number; type: Type; id: string; properties: Record<string, string> | null }[] = [];
  let lastId = 95;

  function indexLater(type: Type, { id, properties, archivedAt }: Stored): void {
    const seen = archivedAt === null ? { ...properties } : null;
    pending.push({ due: Date.now() + lagMs(), type, id, properties: seen });
  }

  return {
    records,
    definitions,
    groups: {
      contacts: new Set(['information']),
      deals: new Set(['information']),
      notes: new Set(['information']),
    },
    /** Of deals to contacts, the earliest first. */
    links: new Map<string, Link[]>(),
    noteLinks: new Map<string, string[]>(),
    /** Contacts that merged ones are found as. */
    mergedInto: new Map<string, string>(),

    add(type: Type, properties: Record<string, string>, createdAt = Date.now()): Stored {
      lastId += 1;
      const id = String(lastId);
      const stored: Stored = { id, properties: {}, createdAt, updatedAt: 0, archivedAt: null };
      records[type].set(id, stored);
      const own = { hs_object_id: id, createdate: new Date(createdAt).toISOString() };
      this.change(type, stored, { ...own, ...properties });
      return stored;
    },

    change(type: Type, record: Stored, properties: Record<string, string>, at = Date.now()): void {
      record.updatedAt = at;
      Object.assign(record.properties, properties, { [MODIFIED[type]]: new Date(at).toISOString() });
      indexLater(type, record);
    },

    archive(type: Type, id: string): void {
      const record = records[type].get(id)!;
      record.archivedAt = Date.now();
      indexLater(type, record);
    },

    remove(type: Type, id: string): void {
      indexLater(type, { ...records[type].get(id)!, archivedAt: Date.now() });
      records[type].delete(id);
    },

    /** What a search finds by now. */
    indexed(type: Type): Map<string, Record<string, string>> {
      const now = Date.now();
      for (const { due, type: of, id, properties } of pending) {
        if (due > now) continue;
        if (properties) index[of].set(id, properties);
        else index[of].delete(id);
      }
      pending = pending.filter(({ due }) => due > now);
      return index[type];
    },

    /** Lets the index know all. */
    catchUp(): void {
      for (const each of pending) each.due = 0;
    },

    live(type: Type, id: string): Stored | undefined {
      const record = records[type].get(id);
      return record?.archivedAt === null ? record : undefined;
    },
  };
}
export type Store = ReturnType<typeof storeOf>;

/** Properties as they are written: text, of properties that are there, each readable as its type. */
export function judged(store: Store, type: Type, properties: unknown): Record<string, string> {
  demand(typeof properties === 'object' && properties !== null, 'properties are missing');
  for (const [name, value] of Object.entries(properties)) {
    const found = store.definitions[type].get(name);
    demand(
      found,
      `Property values were not valid: [{"isValid":false,"message":"Property \\"${name}\\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"${name}"}]`,
    );
    demand(typeof value === 'string', `The value of ${name} is no text`);
    const readable =
      value === '' ||
      ((found.type === 'number' ? Number.isFinite(Number(value)) : true) &&
        (found.type === 'datetime' ? isTime(value) : true));
    demand(readable, `Property values were not valid: "${name}" INVALID_${found.type.toUpperCase()}`);
  }
  return properties as Record<string, string>;
}

const isTime = (text: string) => /^\d{12,14}$/.test(text) || /^\d{4}-\d\d-\d\dT.*Z$/.test(text);
