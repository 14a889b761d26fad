import type { Asked } from '../served';
import { shown } from './custom-fields';
import { stamp } from './persons';
import { demand } from './refusal';
import type { Store, StoredDeal } from './store';

const STATUSES = ['open', 'won', 'lost', 'deleted'];
/** After that a deal that was deleted is gone for good. */
const KEPT_MS = 30 * 86_400_000;

export function dealOf(deal: StoredDeal, { dealFields }: Store, query: URLSearchParams) {
  const { id, title, personId, orgId, status, value, currency, wonAt, archived, deleted } = deal;
  const won = wonAt === null ? null : stamp(wonAt);
  return {
    id,
    title,
    owner_id: 1,
    person_id: personId,
    org_id: orgId,
    pipeline_id: 1,
    stage_id: 1,
    value,
    currency,
    add_time: stamp(deal.addedAt),
    update_time: stamp(deal.changedAt),
    stage_change_time: null,
    is_deleted: deleted,
    is_archived: archived,
    status: deleted ? 'deleted' : status,
    probability: null,
    lost_reason: null,
    visible_to: 3,
    close_time: won,
    won_time: won,
    lost_time: null,
    expected_close_date: null,
    label_ids: [],
    origin: 'ManuallyCreated',
    origin_id: null,
    channel: null,
    channel_id: null,
    custom_fields: shown(deal.custom, dealFields, query),
  };
}

/** Deals that a list shows, by its `status`: all that are not deleted, unless it says otherwise. */
export function dealsFor(asked: Asked, store: Store, archived: boolean): StoredDeal[] {
  const said = asked.query.get('status');
  const statuses = said?.split(',') ?? ['open', 'won', 'lost'];
  for (const status of statuses)
    demand(STATUSES.includes(status), `status must be one of ${STATUSES.join(', ')}`);
  const person = asked.query.get('person_id');
  return [...store.deals.values()].filter(
    (deal) =>
      deal.archived === archived &&
      statuses.includes(deal.deleted ? 'deleted' : deal.status) &&
      (!deal.deleted || deal.changedAt > store.now() - KEPT_MS) &&
      (person === null || deal.personId === Number(person)),
  );
}
