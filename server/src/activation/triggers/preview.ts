import type { Knex } from 'knex';
import { latestRunId } from '../../clv/runs/latest';
import type { TriggerInput, TriggerPreview } from './api-types';
import type { Ruler } from './evaluate/engines';
import { looksAt } from './evaluate/looks';
import { exampleOf } from './example';
import { JUDGES } from './kinds';
import { DUE } from './kinds/by-date';
import { type Circumstances, type Look, SELF } from './kinds/standing';
import { FAR } from './kinds/threshold';
import type { StoredTrigger } from './store/triggers';

/** Persons read by one statement. */
const AT_ONCE = 500;
/** Whoever is beyond is counted in proportion: a preview is to be there at once. */
const MOST = 20_000;

/** Whom a trigger that is not made yet would be about today. */
export async function previewOf(
  knex: Knex,
  input: TriggerInput,
  ruler: Ruler | null,
  now: number,
): Promise<TriggerPreview> {
  const example = exampleOf(input, ruler?.engine.currency ?? 'EUR');
  const runId = await latestRunId(knex);
  if (!ruler || runId === null) return { there: 0, population: 0, example };
  const trigger: StoredTrigger = {
    ...input,
    id: '',
    baselineAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const everyone = () => persons(knex, runId, input);
  const [{ n }] = await everyone().count({ n: '*' });
  const population = Number(n);

  let there = 0;
  let looked = 0;
  for (let after = ''; looked < MOST; ) {
    const ids: string[] = await everyone()
      .where('v.person_id', '>', after)
      .orderBy('v.person_id')
      .limit(AT_ONCE)
      .pluck('v.person_id');
    if (ids.length === 0) break;
    after = ids.at(-1)!;
    looked += ids.length;
    const looks = await looksAt(knex, [trigger], ids, ruler, now);
    for (const look of looks.values()) if (isThere(trigger, look, ruler, now)) there += 1;
  }
  const share = looked > 0 && looked < population ? population / looked : 1;
  return { there: Math.round(there * share), population, example };
}

/** Those whom a kind could ever be about, in the trigger's segment. */
function persons(knex: Knex, runId: string, { kind, segmentId, settings }: TriggerInput): Knex.QueryBuilder {
  const rows = knex('clv_person_values as v').where('v.run_id', runId);
  if (segmentId !== null) {
    const members = knex('clv_segment_members').where({ segment_id: segmentId }).select('person_id');
    rows.whereIn('v.person_id', members);
  }
  if (kind === 'content-read' && settings.readerTiers?.length) rows.whereIn('v.tier', settings.readerTiers);
  if (kind === 'promising') return rows.where('v.kind', 'prospect');
  return rows.where('v.kind', 'customer');
}

function isThere(trigger: StoredTrigger, look: Look, ruler: Ruler, now: number): boolean {
  const { engine, nextOrderDay, startOfDay } = ruler;
  const { kind, settings } = trigger;
  const { tiers } = engine;
  const tier = look.row?.tier ?? null;
  if (kind === 'tier-up' || kind === 'tier-down') {
    return tier !== null && (!settings.tiers?.length || settings.tiers.includes(tier));
  }
  if (kind === 'content-read') {
    return (
      tier !== null &&
      (settings.readerTiers?.length ? settings.readerTiers : tiers.names.slice(0, 1)).includes(tier)
    );
  }
  const circumstances: Circumstances = {
    settings,
    now,
    baselineAt: null,
    known: false,
    tiers: tiers.names,
    nextOrderDay,
    startOfDay,
    isAbout: () => false,
    keyOf: String,
  };
  const { standings } = JUDGES[kind](look, new Map(), circumstances);
  return standings.some(({ subject, side }) => (subject === SELF ? side === FAR : side === DUE));
}
