import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Engine } from '../../../../clv/engine/engine';
import { touchesOf } from '../../../../clv/people/touches';
import { personRanges } from '../../../../clv/queries/person-range';
import { readSection } from '../../../../clv/runs/latest';
import { insertRows } from '../../../../storage/insert-rows';
import { attentionBefore, distributionOf, type ReadingDistribution, SCORE_DAYS } from './reading';

const SECTION = 'reading';
const DAY = 86_400_000;
/** Persons whose touches are read by one statement. */
const AT_ONCE = 500;

/** How much people read before a run: found once, and kept with it, so that scores do not move while it stands. */
export async function readingDistribution(
  knex: Knex,
  { runId, at }: Pick<Engine, 'runId' | 'at'>,
): Promise<ReadingDistribution> {
  const kept = await readSection<ReadingDistribution>(knex, runId, SECTION);
  if (kept) return kept;
  await insertRows(
    knex,
    'clv_value_sections',
    [
      { name: 'run_id', type: 'text' },
      { name: 'name', type: 'text' },
      { name: 'body', type: 'text' },
    ],
    [[runId, SECTION, JSON.stringify(await measure(knex, at))]],
  );
  // Another node may have been first.
  return (await readSection<ReadingDistribution>(knex, runId, SECTION))!;
}

async function measure(knex: Knex, until: number): Promise<ReadingDistribution> {
  const attention: number[] = [];
  for await (const range of personRanges(knex, AT_ONCE)) {
    const touches = await touchesOf(knex, range, until, until - SCORE_DAYS * DAY);
    for (const theirs of byPerson(touches).values()) attention.push(attentionBefore(theirs, until));
    await breathe();
  }
  return distributionOf(Float64Array.from(attention));
}

export function byPerson<Item extends { personId: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.personId);
    if (group) group.push(item);
    else groups.set(item.personId, [item]);
  }
  return groups;
}
