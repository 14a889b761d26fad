import type { Insight, Note, PushResult } from '../../connector';
import { INSIGHT_FIELDS } from '../../insight-fields';
import type { Api, SObject } from './api';
import { create, type Saved, update } from './collections';
import { customName, valueFor } from './insight-values';
import { list } from './soql';

/** The first characters of an id tell the object. */
const typeOf = (id: string): string => (id.startsWith('00Q') ? 'Lead' : 'Contact');

/** Writes insights into the fields that `ensureSchema` makes. */
export function pushInsights(api: Api, batch: Insight[]): Promise<PushResult[]> {
  return update(
    api,
    batch.map(({ customerId, values }) => ({
      type: typeOf(customerId),
      id: customerId,
      values: Object.fromEntries(
        INSIGHT_FIELDS.flatMap((info) => {
          const value = values[info.name];
          return value === undefined ? [] : [[customName(info.name), valueFor(info, value)]];
        }),
      ),
    })),
  );
}

const LONGEST_SUBJECT = 255;
/** Characters of an address that Salesforce takes, with room for what is around the ids. */
const IDS_PER_QUERY = 200;

/** Stands at the end of a task's subject, which is what a task can be found by. */
const markOf = (key: string): string => `[clv:${key}]`;

/** Notes are tasks that are done. One that is there already is not made again. */
export async function pushNotes(api: Api, batch: Note[]): Promise<PushResult[]> {
  const there = await marksOf(api, [...new Set(batch.map(({ customerId }) => customerId))]);
  const results: PushResult[] = batch.map(() => ({ ok: true }));
  const missing: { at: number; task: Saved }[] = [];
  for (const [at, note] of batch.entries()) {
    const mark = `${note.customerId} ${markOf(note.key)}`;
    if (there.has(mark)) continue;
    there.add(mark);
    missing.push({ at, task: taskOf(note) });
  }
  const created = await create(
    api,
    missing.map(({ task }) => task),
  );
  for (const [i, { at }] of missing.entries()) results[at] = created[i]!;
  return results;
}

/** Whose notes are there, as `<id> [clv:<key>]`. */
async function marksOf(api: Api, ids: string[]): Promise<Set<string>> {
  const marks = new Set<string>();
  for (let from = 0; from < ids.length; from += IDS_PER_QUERY) {
    const some = list(ids.slice(from, from + IDS_PER_QUERY));
    // With those that are archived, after a year, and those that somebody deleted: they do not want it back.
    const tasks = await api.rows(
      `SELECT WhoId, Subject FROM Task WHERE WhoId IN ${some} AND Subject LIKE '%[clv:%'`,
      true,
    );
    for (const { WhoId, Subject } of tasks as (SObject & { WhoId: string; Subject: string })[]) {
      const mark = /\[clv:[A-Za-z0-9-]+\]$/.exec(Subject)?.[0];
      if (mark) marks.add(`${WhoId} ${mark}`);
    }
  }
  return marks;
}

function taskOf({ customerId, key, at, title, text }: Note): Saved {
  const mark = markOf(key);
  return {
    type: 'Task',
    values: {
      WhoId: customerId,
      Subject: `${title.slice(0, LONGEST_SUBJECT - mark.length - 1)} ${mark}`,
      Description: text,
      ActivityDate: new Date(at).toISOString().slice(0, 10),
      Status: 'Completed',
    },
  };
}
