import type { Note, PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Api } from './api';
import { inHalves } from './halves';
import { paths } from './paths';
import type { BatchAnswer } from './payloads';
import { property } from './record';
import { NOTE_KEY } from './schema';

/** Of a note to its contact, as HubSpot numbers it. */
const NOTE_TO_CONTACT = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 };

/**
 * Writes notes that are not there yet. Two who write the same one at once are told apart by HubSpot: no two notes have
 * one key.
 */
export async function pushNotes(api: Api, batch: Note[]): Promise<PushResult[]> {
  const unique = [...new Map(batch.map((note) => [note.key, note])).values()];
  const results = await inHalves(unique, (some) => write(api, some));
  const byKey = new Map(unique.map(({ key }, i) => [key, results[i]!]));
  return batch.map(({ key }) => byKey.get(key)!);
}

async function write(api: Api, notes: Note[]): Promise<PushResult[]> {
  const there = await keysOf(api, notes);
  const missing = notes.filter(({ key }) => !there.has(key));
  if (missing.length > 0) {
    const { status, body } = await api.send<BatchAnswer>({
      method: 'POST',
      url: paths.objects('notes', 'batch/create'),
      body: { inputs: missing.map(inputOf) },
      accept: [404, 409],
      idempotent: true,
    });
    if (status === 404) return missingContact(notes);
    // 409: one of them came about meanwhile; alone, it is there and all is well.
    if (status === 409 && notes.length > 1)
      throw new ConnectorError('permanent', 'Some of these notes exist.');
    if (status === 207)
      throw new ConnectorError('permanent', (body.errors?.[0]?.message ?? '').slice(0, 200));
  }
  return notes.map(() => ({ ok: true }));
}

/** Only of a single note it is known whose contact is missing. */
function missingContact(notes: Note[]): PushResult[] {
  const error = new ConnectorError('permanent', 'HubSpot has no contact to write this note to.');
  if (notes.length > 1) throw error;
  return [{ ok: false, error, gone: true }];
}

async function keysOf(api: Api, notes: Note[]): Promise<Set<string>> {
  const { body } = await api.send<BatchAnswer>({
    method: 'POST',
    url: paths.objects('notes', 'batch/read'),
    body: {
      idProperty: NOTE_KEY,
      inputs: notes.map(({ key }) => ({ id: key })),
      properties: [NOTE_KEY],
      propertiesWithHistory: [],
    },
    idempotent: true,
  });
  return new Set(body.results.map((note) => property(note, NOTE_KEY) ?? ''));
}

const inputOf = ({ customerId, key, at, title, text }: Note) => ({
  properties: {
    [NOTE_KEY]: key,
    hs_timestamp: new Date(at).toISOString(),
    hs_note_body: `<b>${escaped(title)}</b><br>${escaped(text).replaceAll('\n', '<br>')}`,
  },
  associations: [{ to: { id: customerId }, types: [NOTE_TO_CONTACT] }],
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
