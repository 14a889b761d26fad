import { createHash } from 'node:crypto';

/** What persons, deals and organizations have in common. */
export interface Stored {
  id: number;
  addedAt: number;
  changedAt: number;
  deleted: boolean;
  custom: Record<string, unknown>;
}

export interface StoredPerson extends Stored {
  name: string;
  orgId: number | null;
  emails: { value: string; primary: boolean; label: string }[];
}

export interface StoredDeal extends Stored {
  title: string;
  personId: number | null;
  orgId: number | null;
  status: 'open' | 'won' | 'lost';
  value: number | null;
  currency: string;
  wonAt: number | null;
  archived: boolean;
}

export interface StoredOrganization extends Stored {
  name: string;
}

export interface StoredField {
  code: string;
  name: string;
  type: string;
  custom: boolean;
  options: { id: number; label: string }[] | null;
}

export interface StoredNote {
  id: number;
  personId: number;
  content: string;
  addedAt: number;
}

/** What a company keeps in Pipedrive. */
export interface Store {
  now(): number;
  persons: Map<number, StoredPerson>;
  deals: Map<number, StoredDeal>;
  organizations: Map<number, StoredOrganization>;
  personFields: StoredField[];
  dealFields: StoredField[];
  notes: Map<number, StoredNote>;
  nextId(): number;
  /** The parts of a new record that all have. */
  base(): Stored;
  /** Makes a custom field with a code of its own. */
  addField(of: 'personFields' | 'dealFields', name: string, type: string, labels?: string[]): StoredField;
}

const builtIn = (code: string, name: string, type: string): StoredField => ({
  code,
  name,
  type,
  custom: false,
  options: null,
});

export function storeOf(now: () => number): Store {
  let last = 0;
  const nextId = () => {
    last += 1;
    return last;
  };
  const store: Store = {
    now,
    persons: new Map(),
    deals: new Map(),
    organizations: new Map(),
    personFields: [builtIn('name', 'Name', 'varchar'), builtIn('email', 'Email', 'varchar')],
    dealFields: [builtIn('title', 'Title', 'varchar'), builtIn('value', 'Value', 'double')],
    notes: new Map(),
    nextId,
    base: () => ({ id: nextId(), addedAt: now(), changedAt: now(), deleted: false, custom: {} }),
    addField(of, name, type, labels) {
      const code = createHash('sha1').update(`${of} ${name} ${nextId()}`).digest('hex');
      const options = labels?.map((label) => ({ id: nextId(), label })) ?? null;
      const field = { code, name, type, custom: true, options };
      store[of].push(field);
      return field;
    },
  };
  return store;
}
