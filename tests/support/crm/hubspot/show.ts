import type { Store, Stored, Type } from './store';

const BY_DEFAULT: Record<Type, string[]> = {
  contacts: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  deals: ['amount', 'closedate', 'createdate', 'dealname', 'hs_lastmodifieddate', 'hs_object_id'],
  notes: ['createdate', 'hs_lastmodifieddate', 'hs_object_id'],
};
const iso = (at: number) => new Date(at).toISOString();

/** Properties that were asked for: none that are not there, and null where nothing is. */
export function chosen(store: Store, type: Type, from: Record<string, string>, wanted: string[]) {
  const always = [
    'hs_object_id',
    'createdate',
    type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate',
  ];
  const names = wanted.length > 0 ? [...always, ...wanted] : BY_DEFAULT[type];
  const known = names.filter((name) => store.definitions[type].has(name));
  // An empty value is none.
  return Object.fromEntries(known.map((name) => [name, from[name] || null]));
}

/** A record as the API gives it. */
export function shown(store: Store, type: Type, record: Stored, wanted: string[]) {
  const { id, createdAt, updatedAt, archivedAt } = record;
  return {
    id,
    properties: chosen(store, type, record.properties, wanted),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    archived: archivedAt !== null,
    ...(archivedAt === null ? {} : { archivedAt: iso(archivedAt) }),
  };
}
