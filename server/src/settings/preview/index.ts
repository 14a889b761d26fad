import type { Knex } from 'knex';
import { engineOf, latestRunId } from '../../clv/runs/latest';
import type { ClvConfig } from '../../config';
import type { NeededRun, SettingsPreview } from '../api-types';
import { CATALOGUE, isPath } from '../catalogue';
import { consentPreview } from './consent';
import { daysPreview } from './days';
import { holdoutPreview } from './holdout';
import { moneyPreview } from './money';
import { retentionPreview } from './retention';
import { targetsPreview } from './targets';
import { tiersPreview } from './tiers';

export interface PreviewInput {
  now: number;
  current: ClvConfig;
  draft: ClvConfig;
  /** Paths that the draft is about. */
  changed: string[];
}

/** What a draft would change, of the settings that it is about; figures over everyone, nothing of a single person. */
export async function previewOf(
  knex: Knex,
  { now, current, draft, changed }: PreviewInput,
): Promise<SettingsPreview> {
  const about = (...starts: string[]) =>
    changed.some((path) => starts.some((start) => path.startsWith(start)));
  const zones = { current: current.value.timezone, draft: draft.value.timezone };
  const shares = { current: current.activation.holdout, draft: draft.activation.holdout };
  const only = async <T>(wanted: boolean, work: () => Promise<T>) => (wanted ? await work() : null);
  return {
    tiers: await only(about('tiers.'), async () => tiersPreview(knex, await latestEngine(knex), draft)),
    consent: await only(about('consent.'), () => consentPreview(knex, current.consent, draft.consent, now)),
    money: await only(about('value.currency', 'value.rates'), () =>
      moneyPreview(knex, current.value, draft.value),
    ),
    days: await only(about('value.timezone'), () => daysPreview(knex, zones, now)),
    targets: await only(about('targets.'), () =>
      targetsPreview(knex, current.targets, draft.targets, new Set(changed)),
    ),
    retention: await only(about('privacy.retentionDays'), () => retentionPreview(knex, current, draft, now)),
    holdout: await only(about('activation.holdout'), () => holdoutPreview(knex, shares, now)),
    runs: runsOf(changed),
  };
}

async function latestEngine(knex: Knex) {
  const runId = await latestRunId(knex);
  const stored = runId && (await engineOf(knex, runId));
  return stored ? JSON.parse(stored) : null;
}

/** In the order in which they are best computed: rankings may go by values. */
const runsOf = (changed: string[]): NeededRun[] => {
  const needed = new Set(changed.flatMap((path) => (isPath(path) ? CATALOGUE[path].runs : [])));
  return (['value', 'rank'] as const).filter((run) => needed.has(run));
};
