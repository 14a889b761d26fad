import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { Refused } from '../refused';
import type { ExperimentDesign, ExperimentInput } from './api-types';
import { experimentById, type StoredExperiment } from './store/experiments';

/** What everyone may plan an experiment about; those of triggers are made by the triggers' holdouts. */
export const RECOMMENDATIONS = 'recommendations';

function checkSurface(surface: string): void {
  if (surface === RECOMMENDATIONS) return;
  throw new Refused(
    400,
    surface.startsWith('trigger:')
      ? 'The experiment of a trigger is made by its holdout; change that on the trigger.'
      : `There is nothing to try out called "${surface}"; the surface is "${RECOMMENDATIONS}".`,
  );
}

async function checkSegment(trx: Knex, { segmentId }: ExperimentDesign): Promise<void> {
  if (segmentId === null || (await trx('clv_segments').where({ id: segmentId }).first('id'))) return;
  throw new Refused(400, 'There is no such segment any more; choose another, or everyone.');
}

async function existing(trx: Knex, id: string): Promise<StoredExperiment> {
  const experiment = await experimentById(trx, id, true);
  if (!experiment) throw new Refused(404, 'There is no such experiment.');
  return experiment;
}

/** Writes a draft. */
export async function createExperiment(knex: Knex, input: ExperimentInput): Promise<StoredExperiment> {
  return knex.transaction(async (trx) => {
    checkSurface(input.surface);
    await checkSegment(trx, input.design);
    const id = uuidv7();
    await trx('clv_experiments').insert({
      id,
      name: input.name,
      active_surface: null,
      surface: input.surface,
      state: 'draft',
      design: JSON.stringify(input.design),
      salt: uuidv7(),
      created_at: Date.now(),
      started_at: null,
      ended_at: null,
    });
    return existing(trx, id);
  });
}

const sameDesign = (a: ExperimentDesign, b: ExperimentDesign): boolean =>
  a.holdout === b.holdout &&
  a.segmentId === b.segmentId &&
  a.horizon === b.horizon &&
  a.days === b.days &&
  a.alpha === b.alpha &&
  a.variants.length === b.variants.length &&
  a.variants.every((variant, i) => {
    const { arm, strategy, weight } = b.variants[i]!;
    return variant.arm === arm && variant.strategy === strategy && variant.weight === weight;
  });

/** Changes a draft, or the name of any. @throws Refused 409 when more of a started one would change */
export async function updateExperiment(
  knex: Knex,
  id: string,
  input: ExperimentInput,
): Promise<StoredExperiment> {
  return knex.transaction(async (trx) => {
    const experiment = await existing(trx, id);
    const row = trx('clv_experiments').where({ id });
    if (experiment.state === 'draft') {
      checkSurface(input.surface);
      await checkSegment(trx, input.design);
      await row.update({
        name: input.name,
        surface: input.surface,
        design: JSON.stringify(input.design),
      });
    } else if (input.surface === experiment.surface && sameDesign(input.design, experiment.design)) {
      await row.update({ name: input.name });
    } else {
      throw new Refused(
        409,
        `This experiment is ${experiment.state}, so only its name can be changed; its design is what its figures rest on. Plan a new one.`,
      );
    }
    return existing(trx, id);
  });
}

/** Starts a draft. @throws Refused 409 when it is none, or another of its surface runs */
export async function startExperiment(knex: Knex, id: string): Promise<StoredExperiment> {
  return knex
    .transaction(async (trx) => {
      const experiment = await existing(trx, id);
      if (experiment.state !== 'draft') {
        throw new Refused(
          409,
          experiment.state === 'running'
            ? 'This experiment runs already.'
            : 'This experiment was stopped and cannot be started again; plan a new one.',
        );
      }
      await checkSegment(trx, experiment.design);
      const { surface } = experiment;
      const other = await trx('clv_experiments').where({ active_surface: surface }).first('name');
      if (other) throw alreadyRuns(other.name);
      await trx('clv_experiments')
        .where({ id })
        .update({ state: 'running', active_surface: surface, started_at: Date.now() });
      return existing(trx, id);
    })
    .catch(async (error) => {
      if (error instanceof Refused) throw error;
      // Two were started at once: the surface's unique key let one of them.
      const experiment = await experimentById(knex, id);
      const other = await knex('clv_experiments')
        .where({ active_surface: experiment?.surface ?? '' })
        .first('id', 'name');
      throw other && other.id !== id ? alreadyRuns(other.name) : error;
    });
}

const alreadyRuns = (name: string) =>
  new Refused(409, `“${name}” runs already, and one at a time can be told apart; stop it first.`);

/** Stops a running one for good. @throws Refused 409 when it does not run */
export async function stopExperiment(knex: Knex, id: string): Promise<StoredExperiment> {
  return knex.transaction(async (trx) => {
    const experiment = await existing(trx, id);
    if (experiment.state !== 'running') {
      throw new Refused(
        409,
        experiment.state === 'draft'
          ? 'This experiment has not been started.'
          : 'This experiment was stopped already.',
      );
    }
    await trx('clv_experiments')
      .where({ id })
      .update({ state: 'stopped', active_surface: null, ended_at: Date.now() });
    return existing(trx, id);
  });
}

/** Deletes a draft. @throws Refused 409 when it was started once: what it found stays */
export async function removeExperiment(knex: Knex, id: string): Promise<void> {
  await knex.transaction(async (trx) => {
    const experiment = await existing(trx, id);
    if (experiment.state !== 'draft') {
      throw new Refused(
        409,
        'Only drafts can be deleted: whoever deletes what did not work finds that everything works.',
      );
    }
    await trx('clv_experiments').where({ id }).delete();
  });
}
