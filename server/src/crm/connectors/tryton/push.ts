import type { Insight, Note, PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { tiersOf } from './categories';
import { type Changes, change, markOf, messageOf, NUMBERS, notesOf, numbersOf } from './notes';
import type { Tryton } from './rpc';
import type { Row } from './values';
import { checkRights } from './verify';

const GONE: PushResult = {
  ok: false,
  gone: true,
  error: new ConnectorError('permanent', 'The party is not in Tryton any more, or not active.'),
};

/** Sets the category of each party's tier and rewrites its note with the numbers, where they are others. */
export const pushInsights = (tryton: Tryton, currency: string, batch: Insight[]): Promise<PushResult[]> =>
  push(tryton, batch, async (insights, parties) => {
    await setTiers(tryton, insights, parties);
    await setNumbers(tryton, insights, currency);
  });

/** Adds notes that are not there yet. */
export const pushNotes = (tryton: Tryton, batch: Note[]): Promise<PushResult[]> =>
  push(tryton, batch, async (notes) => {
    const there = await notesOf(tryton, customersOf(notes), '[clv:');
    const create = new Map<string, Changes['create'][number]>();
    for (const note of notes) {
      const mark = markOf(note.key);
      if (there.get(note.customerId)?.some(({ message }) => message.includes(mark))) continue;
      create.set(`${note.customerId} ${note.key}`, { party: note.customerId, message: messageOf(note) });
    }
    await change(tryton, { create: [...create.values()], write: [], remove: [] });
  });

type Write<T> = (items: T[], parties: Map<string, Row>) => Promise<void>;

/** Writes what can be written at once; when Tryton refuses a part of it, each on its own, so that the others arrive. */
async function push<T extends { customerId: string }>(
  tryton: Tryton,
  batch: T[],
  write: Write<T>,
): Promise<PushResult[]> {
  const ids = customersOf(batch).map(Number).filter(Number.isInteger);
  const rows = await tryton.records('party.party', [['id', 'in', ids]], ['active', 'categories']);
  const parties = new Map(rows.filter(({ active }) => active).map((row) => [String(row.id), row]));
  const present = batch.filter(({ customerId }) => parties.has(customerId));
  if (present.length > 0) {
    try {
      await write(present, parties);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'permanent') throw error;
      await checkRights(tryton);
      if (batch.length === 1) return [{ ok: false, error }];
      const results: PushResult[] = [];
      for (const item of batch) results.push(...(await push(tryton, [item], write)));
      return results;
    }
  }
  return batch.map(({ customerId }) => (parties.has(customerId) ? { ok: true } : GONE));
}

const customersOf = (items: { customerId: string }[]): string[] => [
  ...new Set(items.map(({ customerId }) => customerId)),
];

/** A party has one category of ours at the most; its others are nobody's business here. */
async function setTiers(tryton: Tryton, insights: Insight[], parties: Map<string, Row>): Promise<void> {
  const tiers = await tiersOf(tryton);
  const writes: unknown[] = [];
  for (const { customerId, values } of insights) {
    const has = parties.get(customerId)!.categories as number[];
    const wanted = values.tier === null ? null : await tiers.idOf(String(values.tier));
    const remove = has.filter((id) => tiers.ids.has(id) && id !== wanted);
    const add = wanted === null || has.includes(wanted) ? [] : [wanted];
    if (remove.length + add.length === 0) continue;
    writes.push([Number(customerId)], {
      categories: [
        ['remove', remove],
        ['add', add],
      ],
    });
  }
  if (writes.length > 0) await tryton.change('model.party.party.write', ...writes, {});
}

async function setNumbers(tryton: Tryton, insights: Insight[], currency: string): Promise<void> {
  const there = await notesOf(tryton, customersOf(insights), NUMBERS);
  const changes: Changes = { create: [], write: [], remove: [] };
  for (const insight of insights) {
    const message = numbersOf(insight, currency);
    const [first, ...doubles] = there.get(insight.customerId)!;
    changes.remove.push(...doubles.map(({ id }) => id));
    if (message === null) changes.remove.push(...(first ? [first.id] : []));
    else if (!first) changes.create.push({ party: insight.customerId, message });
    else if (first.message !== message) changes.write.push({ id: first.id, message });
  }
  await change(tryton, changes);
}
