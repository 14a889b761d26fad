import type { Api } from './api';
import type { Listed, Organization, Person } from './payloads';

/** Ids that one request may name. */
const MOST_IDS = 100;

/** Names of the organizations of some persons, each asked for once. */
export function organizationNames(api: Api): (persons: Person[]) => Promise<Map<number, string>> {
  const names = new Map<number, string>();
  return async (persons) => {
    const ids = new Set(persons.map(({ org_id }) => org_id).filter((id) => typeof id === 'number'));
    const unknown = [...ids].filter((id) => !names.has(id));
    for (let from = 0; from < unknown.length; from += MOST_IDS) {
      const some = unknown.slice(from, from + MOST_IDS);
      const { body } = await api.send<Listed<Organization>>({
        method: 'GET',
        url: 'api/v2/organizations',
        query: { ids: some.join(','), limit: MOST_IDS },
      });
      for (const { id, name } of body.data ?? []) if (id && name) names.set(id, name);
    }
    return names;
  };
}
