import type { Note, PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';
import type { Api } from './api';
import { said } from './errors';
import { gone } from './insights';
import { oneByOne } from './lanes';
import type { NotePayload } from './payloads';

/** Notes are of API v1: there is no newer one. */
const NOTES = 'api/v1/notes';
const MOST_NOTES = 500;

/** Stands in the note, since Pipedrive has no other place to know one again by; comments do not survive there. */
const markOf = (key: string): string => `[clv:${key}]`;

/** Writes notes in time lines of persons. One that is there already is not written again. */
export async function pushNotes(api: Api, batch: Note[]): Promise<PushResult[]> {
  const byCustomer = new Map<string, Promise<string>>();
  const byNote = new Map<string, Promise<PushResult>>();

  async function settle(note: Note): Promise<PushResult> {
    const { customerId, key } = note;
    const contents = byCustomer.get(customerId) ?? contentsOf(api, customerId);
    byCustomer.set(customerId, contents);
    return (await contents).includes(markOf(key)) ? { ok: true } : write(api, note);
  }

  return oneByOne(batch, (note) => {
    const name = `${note.customerId} ${note.key}`;
    const result = byNote.get(name) ?? settle(note);
    byNote.set(name, result);
    return result;
  });
}

/** All that stands in the notes of a person. */
async function contentsOf(api: Api, customerId: string): Promise<string> {
  const contents: string[] = [];
  let start: number | undefined = 0;
  do {
    const answer: HttpAnswer<NotePage> = await api.send({
      method: 'GET',
      url: NOTES,
      query: { person_id: customerId, start, limit: MOST_NOTES },
    });
    contents.push(...(answer.body.data ?? []).map(({ content }) => content ?? ''));
    const place = answer.body.additional_data?.pagination;
    start = place?.more_items_in_collection ? place.next_start : undefined;
  } while (start !== undefined);
  return contents.join('\n');
}

interface NotePage {
  data?: NotePayload[] | null;
  additional_data?: { pagination?: { more_items_in_collection?: boolean; next_start?: number } } | null;
}

async function write(api: Api, { customerId, key, at, title, text }: Note): Promise<PushResult> {
  const paragraphs = [`<b>${escaped(title)}</b>`, escaped(text), `<small>${markOf(key)}</small>`];
  const { status, body } = await api.send({
    method: 'POST',
    url: NOTES,
    body: {
      content: paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join(''),
      person_id: Number(customerId),
      add_time: new Date(at).toISOString().slice(0, 19).replace('T', ' '),
    },
    accept: [400, 404, 410],
  });
  if (status === 404 || status === 410) return gone();
  if (status < 300) return { ok: true };
  return {
    ok: false,
    error: new ConnectorError('permanent', `Pipedrive refuses a note${said(body)}.`),
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
