import type { Knex } from 'knex';
import type { ClvConfig } from '../../../config';
import { JUDGES } from '../kinds';
import { type Before, type Crossing, type Look, SELF } from '../kinds/standing';
import { heldTriggers, type StoredTrigger } from '../store/triggers';
import { type Announced, announce } from './announce';
import type { Ruler } from './engines';
import { generationOf, sideIn, written } from './generation';
import { grouped } from './grouped';
import { type Item, itemsById } from './items';
import { looksAt } from './looks';
import { heldPersons, type Person } from './people';
import { deleteStates, furthest, readStates, type State, writeStates } from './states';

/** A crossing of one person, before it is known whether anybody is told. */
export interface Crossed {
  trigger: StoredTrigger;
  person: Person;
  look: Look;
  crossing: Crossing;
}

const NOTHING: Announced = { fired: [] };

export interface Evaluation {
  config: ClvConfig;
  rulerOf(trx: Knex): Promise<Ruler | null>;
}

/**
 * Judges persons by triggers: compares where they stand with where they stood, makes the messages of those who crossed, and
 * keeps where they stand now, all in the transaction that is given. Persons are held while that goes on, so whoever judges them
 * next finds it done: one crossing makes one message, however many nodes look and whatever restarts.
 *
 * @param personIds as they were marked; merges are followed
 * @param triggers all that are on, unless told
 */
export async function evaluate(
  { config, rulerOf }: Evaluation,
  trx: Knex.Transaction,
  personIds: string[],
  now: number,
  triggers?: StoredTrigger[],
): Promise<Announced> {
  const by = triggers ?? (await heldTriggers(trx));
  const ruler = by.length > 0 ? await rulerOf(trx) : null;
  if (!ruler) return NOTHING;
  const persons = await heldPersons(trx, personIds);
  if (persons.length === 0) return NOTHING;

  const looks = await looksAt(
    trx,
    by,
    persons.map(({ id }) => id),
    ruler,
    now,
  );
  const touched = [...looks.values()].flatMap(({ touches }) => touches.map(({ contentId }) => contentId));
  const items = await itemsById(trx, touched);
  const all = await readStates(
    trx,
    by.map(({ id }) => id),
    persons.flatMap(({ ids }) => ids),
  );
  const states = grouped(all, ({ triggerId }) => triggerId);

  const changes: Changes = { crossed: [], write: [], remove: [] };
  for (const trigger of by) {
    const theirs = grouped(states.get(trigger.id) ?? [], ({ personId }) => personId);
    for (const person of persons) {
      const known = person.ids.flatMap((id) => theirs.get(id) ?? []);
      judge({ trigger, person, look: looks.get(person.id)!, states: known }, { ruler, items, now }, changes);
    }
  }
  const announced = await announce(trx, changes.crossed, { config, engine: ruler.engine, items, now });
  const fired = new Set(announced.fired);
  await deleteStates(trx, changes.remove);
  await writeStates(
    trx,
    changes.write.map(({ state, crossed }) =>
      crossed && fired.has(crossed) ? { ...state, firedAt: now } : state,
    ),
  );
  return announced;
}

interface Changes {
  crossed: Crossed[];
  write: { state: State; crossed: Crossed | null }[];
  remove: State[];
}

interface Case {
  trigger: StoredTrigger;
  person: Person;
  look: Look;
  /** Of all ids that the person had. */
  states: State[];
}

function judge(
  { trigger, person, look, states }: Case,
  { ruler, items, now }: { ruler: Ruler; items: Map<number, Item>; now: number },
  changes: Changes,
): void {
  const { engine, nextOrderDay, startOfDay } = ruler;
  const generation = generationOf(trigger, engine);
  const kept = new Map<string, State>();
  for (const [subject, several] of grouped(states, (state) => state.subject)) {
    kept.set(
      subject,
      furthest(several, (side) => sideIn(generation, side)),
    );
  }
  const before = new Map<string, Before>();
  for (const [subject, { side, updatedAt }] of kept) {
    const alone = sideIn(generation, side);
    if (alone !== null) before.set(subject, { side: alone, updatedAt });
  }
  const known = before.has(SELF);
  const { settings, baselineAt } = trigger;
  const { standings, crossings } = JUDGES[trigger.kind](look, before, {
    settings,
    now,
    baselineAt,
    known,
    tiers: engine.tiers.names,
    nextOrderDay,
    startOfDay,
    isAbout: (contentId) => isAbout(trigger, items.get(contentId)),
    keyOf: (contentId) => items.get(contentId)!.key,
  });
  // Whoever was there at the baseline and has no state, or one of another meaning, is looked at for the first time.
  const isNew = baselineAt !== null && states.length === 0 && person.createdAt >= baselineAt;
  const silent = baselineAt === null || !(known || isNew);
  const crossed = new Map(
    silent ? [] : crossings.map((crossing) => [crossing.subject, { trigger, person, look, crossing }]),
  );
  changes.crossed.push(...crossed.values());

  for (const { subject, side, dueAt } of standings) {
    const old = kept.get(subject);
    const state: State = {
      triggerId: trigger.id,
      personId: person.id,
      subject,
      side: written(generation, side),
      dueAt,
      firedAt: old?.firedAt ?? null,
      updatedAt: now,
    };
    const same = old?.personId === person.id && old.side === state.side && old.dueAt === dueAt;
    if (!same) changes.write.push({ state, crossed: crossed.get(subject) ?? null });
  }
  const stay = new Set(standings.map(({ subject }) => subject));
  for (const state of states) {
    if (state.personId !== person.id || !stay.has(state.subject)) changes.remove.push(state);
  }
}

/** Named items, or those of named kinds; every item where neither is named. */
function isAbout({ settings: { contents, kinds } }: StoredTrigger, item: Item | undefined): boolean {
  if (!item) return false;
  if (!contents?.length && !kinds?.length) return true;
  return Boolean(contents?.includes(item.key) || kinds?.includes(item.kind));
}
