import type { Asked } from '../served';
import { judge, shown } from './custom-fields';
import { demand, onlyKnown } from './refusal';
import type { Store, StoredPerson } from './store';

const WRITABLE = [
  'name',
  'owner_id',
  'org_id',
  'emails',
  'phones',
  'visible_to',
  'label_ids',
  'custom_fields',
];

export const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** A person as API v2 shows it. */
export function personOf(person: StoredPerson, { personFields }: Store, query: URLSearchParams) {
  const { id, name, orgId, emails, deleted, addedAt, changedAt, custom } = person;
  const [first_name, ...others] = name.split(' ');
  return {
    id,
    name,
    first_name,
    last_name: others.join(' '),
    owner_id: 1,
    org_id: orgId,
    add_time: stamp(addedAt),
    update_time: stamp(changedAt),
    emails,
    phones: [],
    is_deleted: deleted,
    visible_to: 3,
    label_ids: [],
    picture_id: null,
    custom_fields: shown(custom, personFields, query),
  };
}

/** Writes what a request says into a person. */
export function write(person: StoredPerson, body: unknown, store: Store): void {
  demand(typeof body === 'object' && body !== null && !Array.isArray(body), 'The body must be a JSON object');
  const given = body as Record<string, unknown>;
  onlyKnown(Object.keys(given), WRITABLE, 'property');
  const { name, org_id, emails, custom_fields } = given;
  if (name !== undefined) {
    demand(typeof name === 'string' && name !== '', 'name must be a string');
    person.name = name;
  }
  if (org_id !== undefined) {
    demand(typeof org_id === 'number' && store.organizations.has(org_id), 'org_id: no such organization');
    person.orgId = org_id;
  }
  if (emails !== undefined) person.emails = judgedEmails(emails);
  if (custom_fields !== undefined) Object.assign(person.custom, judge(custom_fields, store.personFields));
  person.changedAt = store.now();
}

function judgedEmails(emails: unknown): StoredPerson['emails'] {
  demand(Array.isArray(emails), 'emails must be an array');
  const judged = emails.map((email) => {
    demand(typeof email?.value === 'string', 'emails.value must be a string');
    onlyKnown(Object.keys(email), ['value', 'primary', 'label'], 'property');
    return { value: email.value, primary: email.primary === true, label: email.label ?? 'work' };
  });
  if (judged[0] && !judged.some(({ primary }) => primary)) judged[0].primary = true;
  return judged;
}

/** A person that is there, by the last part of the path. */
export function found(asked: Asked, store: Store): StoredPerson {
  const person = store.persons.get(Number(asked.path.split('/').at(-1)));
  demand(person && !person.deleted, 'Person not found', 404);
  return person;
}
