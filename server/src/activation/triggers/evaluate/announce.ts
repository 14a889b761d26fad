import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import type { Engine } from '../../../clv/engine/engine';
import type { ClvConfig } from '../../../config';
import { allowedBy, consentsOf } from '../../../crm/sync/push/describe/consent';
import { runningExperiments } from '../../experiments/store/experiments';
import { meetByPerson, surfaceOfTrigger } from '../../experiments/trigger-experiments';
import { HOLDOUT } from '../../models/experiments/arms';
import { sinceOf } from '../../segments/members/memberships';
import { lastMessages, type Message, writeMessages } from '../store/messages';
import { countSkipped, type Skipped } from '../store/skipped';
import type { StoredTrigger } from '../store/triggers';
import { composer } from './compose';
import { destinationsOf } from './destinations';
import type { Crossed } from './evaluate';
import { grouped } from './grouped';
import type { Item } from './items';

const HOUR = 3_600_000;
const TREATED = 'treated';

export interface Announced {
  /** Those of whom a message was made. */
  fired: Crossed[];
}

export interface Surroundings {
  config: ClvConfig;
  engine: Engine;
  items: ReadonlyMap<number, Item>;
  now: number;
}

/**
 * Makes the messages of crossings, but for those that nobody is told of: persons who deny it or are not in the trigger's
 * segment, and those who had a message of it a short while ago. These are counted by the reason.
 */
export async function announce(
  trx: Knex.Transaction,
  crossed: readonly Crossed[],
  surroundings: Surroundings,
): Promise<Announced> {
  const fired: Crossed[] = [];
  if (crossed.length === 0) return { fired };
  const { config, now } = surroundings;
  const consents = await consentsOf(trx, [...new Set(crossed.map(({ person }) => person.id))], now);
  const compose = await composer(trx, crossed, consents, surroundings);

  for (const [trigger, theirs] of grouped(crossed, (one) => one.trigger)) {
    const skipped: Record<Skipped, number> = { consent: 0, segment: 0, cooldown: 0 };
    const members = await membersOf(trx, trigger, theirs);
    const last = await lastMessages(
      trx,
      trigger.id,
      theirs.flatMap(({ person }) => person.ids),
    );
    const told: Crossed[] = [];
    for (const one of theirs) {
      const { value, reading } = allowedBy(consents.get(one.person.id) ?? 'unknown', config);
      const lastAt = Math.max(...one.person.ids.map((id) => last.get(id) ?? Number.NEGATIVE_INFINITY));
      if (!value || (trigger.kind === 'content-read' && !reading)) skipped.consent += 1;
      else if (members && !members.has(one.person.id)) skipped.segment += 1;
      else if (now - lastAt < trigger.cooldownHours * HOUR) skipped.cooldown += 1;
      else {
        told.push(one);
        last.set(one.person.id, now);
      }
    }
    const arms = await armsOf(trx, trigger, told, now);
    const destinations = await destinationsOf(trx, trigger);
    const messages = told.map((one): Message => {
      const arm = arms.get(one.person.id) ?? TREATED;
      return {
        id: uuidv7(),
        triggerId: trigger.id,
        personId: one.person.id,
        subject: one.crossing.subject,
        arm,
        payload: compose(one),
        destinations: arm === HOLDOUT ? [] : destinations,
      };
    });
    await writeMessages(trx, messages, now);
    await countSkipped(trx, trigger.id, skipped);
    fired.push(...told);
  }
  return { fired };
}

/** Who of them is in the trigger's segment; null when everyone may be told. */
async function membersOf(
  trx: Knex,
  { segmentId }: StoredTrigger,
  crossed: readonly Crossed[],
): Promise<Set<string> | null> {
  if (segmentId === null) return null;
  const ids = crossed.map(({ person }) => person.id);
  return new Set((await sinceOf(trx, segmentId, ids)).keys());
}

/** In which arm of the trigger's experiment they are; nobody in any while none runs. */
async function armsOf(
  trx: Knex,
  trigger: StoredTrigger,
  told: readonly Crossed[],
  now: number,
): Promise<Map<string, string>> {
  const [experiment] = told.length > 0 ? await runningExperiments(trx, surfaceOfTrigger(trigger.id)) : [];
  if (!experiment) return new Map();
  return meetByPerson(trx, experiment, [...new Set(told.map(({ person }) => person.id))], now);
}
