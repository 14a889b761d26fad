import type { Knex } from 'knex';
import { z } from 'zod';
import { chooseSnapshot, latestSnapshots } from '../ranking/snapshots/latest';
import type { WhatIfInput, WhatIfResult } from './api-types';
import { minorDigits } from './convert';
import { mapFigure } from './kpis/figure';
import { type ItemEffect, whatIf } from './kpis/what-if';
import type { WhatIfBases } from './report/build';
import { latestRun, readSection } from './runs/latest';

const change = z.number().min(-1).max(10).default(0);

/** The body of `POST /clv/value/what-if`; what is not named stays as it is. */
export const whatIfBody = z.strictObject({
  scope: z
    .strictObject({
      by: z.enum(['channel', 'segment', 'cohort', 'productLine', 'tier']),
      group: z.string().max(64),
    })
    .nullable()
    .default(null),
  retention: change,
  orderValue: change,
  frequency: change,
  margin: change,
  cac: change,
  item: z
    .strictObject({ contentId: z.int32().positive(), reach: z.number().min(0).max(1) })
    .nullable()
    .default(null),
});

/** Why nothing can be said, in words for whoever asked. */
export class CannotSay extends Error {
  override name = 'CannotSay';
}

/**
 * What values would be after changes, by what the latest run kept.
 *
 * @throws CannotSay before the first run, for a group that is not there, and for an item without figures
 */
export async function answerWhatIf(knex: Knex, input: WhatIfInput): Promise<WhatIfResult> {
  const run = await latestRun(knex);
  const bases = run && (await readSection<WhatIfBases>(knex, run.id, 'what-if'));
  if (!bases) throw new CannotSay('There is no run of the value engine yet; start one first.');
  const { scope, item, ...changes } = input;
  const basis = scope ? ownOf(bases.groups[scope.by], scope.group) : bases.total;
  if (!basis) throw new CannotSay(`There is no ${scope!.by} "${scope!.group}" in the latest run.`);
  const unit = 10 ** minorDigits(run.currency);
  const effect = item && { ...(await itemEffect(knex, item.contentId, unit)), reach: item.reach };
  const result = whatIf(basis, changes, effect);
  const major = (side: WhatIfResult['today']) => ({
    ...side,
    clv: mapFigure(side.clv, (value) => value / unit),
    cac: mapFigure(side.cac, (value) => value / unit),
  });
  return {
    ...result,
    today: major(result.today),
    // biome-ignore lint/suspicious/noThenProperty: the contract's word; it holds no function, so nothing awaits it
    then: major(result.then),
    item: result.item && {
      ...result.item,
      perReader: mapFigure(result.item.perReader, (value) => value / unit),
    },
  };
}

/** What a record holds by a name that somebody sent; never what every object inherits. */
const ownOf = <T>(record: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** What an item goes with by the latest ranking, in minor units: adjusted where there is such a figure. */
async function itemEffect(knex: Knex, contentId: number, unit: number): Promise<ItemEffect> {
  const snapshot = chooseSnapshot(await latestSnapshots(knex), {});
  const row =
    snapshot &&
    (await knex('clv_snapshot_items')
      .where({ snapshot_id: snapshot.head.id, content_id: contentId })
      .first('title', 'figures'));
  if (!row) throw new CannotSay('The latest ranking does not list this item; compute the ranking first.');
  const figures = JSON.parse(row.figures);
  const adjusted = figures.adjustedDifference !== null && figures.adjustedDifference !== undefined;
  const [difference, low, high] = adjusted
    ? [figures.adjustedDifference, figures.adjustedDifferenceLow, figures.adjustedDifferenceHigh]
    : [figures.difference, figures.differenceLow, figures.differenceHigh];
  if (difference === null || low === null || high === null) {
    throw new CannotSay('Too few people have read this item to say what goes with it.');
  }
  return {
    title: row.title,
    adjusted,
    difference: difference * unit,
    low: low * unit,
    high: high * unit,
    n: figures.exposed,
  };
}
