import type { Knex } from 'knex';
import type { ValueReport } from '../../clv/api-types';
import { latestRunId, readSection } from '../../clv/runs/latest';
import type { ClvConfig } from '../../config';
import type { TargetPreview } from '../api-types';

type Targets = ClvConfig['targets'];
const TARGETS: (keyof Targets)[] = ['ratio', 'retention'];

/** On which side of each target the latest run is, now and by the draft. */
export async function targetsPreview(
  knex: Knex,
  current: Targets,
  draft: Targets,
  changed: ReadonlySet<string>,
): Promise<TargetPreview[]> {
  const run = await latestRunId(knex);
  const report = run && (await readSection<ValueReport>(knex, run, 'report'));
  return TARGETS.filter((key) => changed.has(`targets.${key}`)).map((key) => {
    const told = report ? report.tiles.find((tile) => tile.key === key)?.figure : undefined;
    const figure = told && 'value' in told ? { value: told.value, low: told.low, high: told.high } : null;
    const [now, then] = [current[key] ?? null, draft[key] ?? null];
    const reached = (target: number | null) => (figure && target !== null ? figure.value >= target : null);
    return {
      path: `targets.${key}`,
      figure,
      now,
      draft: then,
      reachedNow: reached(now),
      reachedDraft: reached(then),
    };
  });
}
