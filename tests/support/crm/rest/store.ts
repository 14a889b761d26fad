import { fieldName, INSIGHT_FIELDS } from '../../../../server/src/crm/insight-fields';
import type { SeedCustomer, SeedDeal } from '../double';

export interface Person extends SeedCustomer {
  id: string;
  changed: number;
  deletedAt: number | null;
  custom: Record<string, unknown>;
  notes: Map<string, string>;
}

export interface Deal extends SeedDeal {
  id: string;
  changed: number;
  deletedAt: number | null;
}

const CUSTOM = new Set(INSIGHT_FIELDS.map(({ name }) => fieldName(name)));

/** What a small CRM of our own holds. It gives every change a later time than the one before. */
export function restStore() {
  const people = new Map<string, Person>();
  const deals = new Map<string, Deal>();
  let next = 1;
  let latest = 0;
  let writes = 0;
  const now = () => {
    latest = Math.max(latest + 1, Date.now());
    return latest;
  };
  const change = <Item extends { changed: number }>(item: Item | undefined, values: Partial<Item>) => {
    if (!item) throw new Error('there is no such record');
    Object.assign(item, values, { changed: now() });
  };

  return {
    people,
    deals,
    writes: () => writes,
    addPerson(seed: SeedCustomer): string {
      const id = `p-${next++}`;
      people.set(id, { ...seed, id, changed: now(), deletedAt: null, custom: {}, notes: new Map() });
      return id;
    },
    addDeal(seed: SeedDeal): string {
      const id = `d-${next++}`;
      deals.set(id, { ...seed, id, changed: now(), deletedAt: null });
      return id;
    },
    changePerson: (id: string, values: Partial<Person>) => change(people.get(id), values),
    changeDeal: (id: string, values: Partial<Deal>) => change(deals.get(id), values),
    person: (id: string) => {
      const found = people.get(id);
      return found && found.deletedAt === null ? found : undefined;
    },
    /** @returns what is wrong with it, or null */
    write(person: Person, custom: unknown): string | null {
      if (typeof custom !== 'object' || custom === null) return 'custom is missing';
      const unknown = Object.keys(custom).find((name) => !CUSTOM.has(name));
      if (unknown) return `there is no field ${unknown}`;
      writes += 1;
      change(person, { custom: { ...person.custom, ...custom } });
      return null;
    },
    addNote(person: Person, key: string, title: string): void {
      writes += 1;
      if (!person.notes.has(key)) person.notes.set(key, title);
    },
  };
}

export type RestStore = ReturnType<typeof restStore>;
