import { ConnectorError } from '../../connector-error';
import type { Api } from './api';
import type { Split } from './options';
import { paths } from './paths';
import type { Associated, BatchAnswer, CrmObject } from './payloads';

const MOST_INPUTS = 1000;

interface Contact {
  id: string;
  primary: boolean;
}

/**
 * Whose the deals are, by deal, by the rule for several contacts.
 *
 * @param listed whether the deals brought their contacts along; labels such as "Primary" they never do
 */
export async function payersOf(
  api: Api,
  deals: CrmObject[],
  split: Split,
  listed: boolean,
): Promise<Map<string, string[]>> {
  const known = new Map<string, Contact[]>();
  if (listed) {
    for (const deal of deals) {
      const { results = [], paging } = deal.associations?.contacts ?? {};
      const ids = [...new Set(results.map(({ id }) => id))];
      const enough = !paging?.next && (ids.length < 2 || split !== 'primary');
      if (enough)
        known.set(
          deal.id,
          ids.map((id) => ({ id, primary: false })),
        );
    }
  }
  const unknown = deals.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  for (const [id, contacts] of await contactsOf(api, unknown)) known.set(id, contacts);
  return new Map(deals.map(({ id }) => [id, chosen(known.get(id) ?? [], split)]));
}

/** A contact that is in HubSpot longer has a smaller id. */
function chosen(contacts: Contact[], split: Split): string[] {
  const primary = contacts.find(({ primary }) => primary);
  if (split === 'primary' && primary) return [primary.id];
  const ids = [...new Set(contacts.map(({ id }) => id))].sort(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  );
  return split === 'equal' ? ids : ids.slice(0, 1);
}

/** Contacts of deals, as many requests as their number needs: each deal's contacts come in pages of their own. */
async function contactsOf(api: Api, deals: string[]): Promise<Map<string, Contact[]>> {
  const found = new Map<string, Contact[]>(deals.map((id) => [id, []]));
  let open: { id: string; after?: string }[] = deals.map((id) => ({ id }));
  while (open.length > 0) {
    const inputs = open.slice(0, MOST_INPUTS);
    const more = open.slice(MOST_INPUTS);
    const { body } = await api.send<BatchAnswer<Associated>>({
      method: 'POST',
      url: paths.associations('deals', 'contacts'),
      body: { inputs },
      idempotent: true,
    });
    refuseUnknown(body);
    for (const { from, to, paging } of body.results) {
      const contacts = to.map(({ toObjectId, associationTypes }) => ({
        id: String(toObjectId),
        primary: associationTypes.some(({ label }) => label?.trim().toLowerCase() === 'primary'),
      }));
      found.get(String(from.id))?.push(...contacts);
      if (paging?.next) more.push({ id: String(from.id), after: paging.next.after });
    }
    open = more;
  }
  return found;
}

/** That a deal has no contacts, or was deleted meanwhile, comes as an error of its own; any other means we do not know. */
function refuseUnknown({ errors = [] }: BatchAnswer<Associated>): void {
  const other = errors.find(
    ({ category, subCategory }) =>
      category !== 'OBJECT_NOT_FOUND' && !subCategory?.endsWith('NO_ASSOCIATIONS_FOUND'),
  );
  if (!other) return;
  throw new ConnectorError(
    'transient',
    `HubSpot could not tell the contacts of some deals: ${other.message.slice(0, 200)}`,
  );
}
