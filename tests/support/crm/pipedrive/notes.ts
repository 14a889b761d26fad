import type { Asked } from '../served';
import { offsetPage } from './lists';
import { demand } from './refusal';
import type { Store, StoredNote } from './store';

/** Times of API v1 are in UTC without saying so. */
const plainTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** What is left of HTML that was sent. */
const sanitized = (html: string): string =>
  html.replace(/<!--[\s\S]*?-->/g, '').replace(/<script[\s\S]*?<\/script>/gi, '');

const noteOf = ({ id, personId, content, addedAt }: StoredNote) => ({
  id,
  active_flag: true,
  add_time: plainTime(addedAt),
  content,
  person_id: personId,
  deal_id: null,
  org_id: null,
  user_id: 1,
});

export function listNotes(asked: Asked, store: Store) {
  const person = asked.query.get('person_id');
  const notes = [...store.notes.values()].filter(
    ({ personId }) => person === null || personId === Number(person),
  );
  const { rows, pagination } = offsetPage(asked, notes);
  return { rows: rows.map(noteOf), pagination };
}

export function addNote({ body }: Asked, store: Store) {
  demand(typeof body?.content === 'string' && body.content !== '', 'content is required');
  demand(typeof body.person_id === 'number', 'One of person_id, deal_id, org_id, lead_id is required');
  const person = store.persons.get(body.person_id);
  demand(person && !person.deleted, 'Person not found', 404);
  const { add_time = plainTime(store.now()) } = body;
  demand(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(add_time), 'add_time must be YYYY-MM-DD HH:MM:SS');
  const note = {
    id: store.nextId(),
    personId: person.id,
    content: sanitized(body.content),
    addedAt: Date.parse(`${add_time.replace(' ', 'T')}Z`),
  };
  store.notes.set(note.id, note);
  return noteOf(note);
}
