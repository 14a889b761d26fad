import type { NeededRun, SettingPath, TakesEffect } from './api-types';

interface Offered {
  takesEffect: TakesEffect[];
  runs: NeededRun[];
}

const AT_ONCE: Offered = { takesEffect: ['at once'], runs: [] };
const VALUE: Offered = { takesEffect: ['next run'], runs: ['value'] };
const RANK: Offered = { takesEffect: ['next run'], runs: ['rank'] };
/** What is computed when it is asked for goes by it at once, such as the credit of one order and the rows of an import. */
const BOTH: Offered = { takesEffect: ['at once', 'next run'], runs: ['value', 'rank'] };

/**
 * The settings that may be saved, and when each counts. Only such are here as nobody keeps from the boot; what somebody does
 * is `restart`.
 */
export const CATALOGUE: Record<SettingPath, Offered> = {
  'consent.mode': AT_ONCE,
  'consent.respectGpc': AT_ONCE,
  'consent.respectDnt': AT_ONCE,
  'tracking.origins': AT_ONCE,
  'value.currency': BOTH,
  'value.rates': BOTH,
  // The hours of nightly work are planned at the boot.
  'value.timezone': { takesEffect: [...BOTH.takesEffect, 'restart'], runs: BOTH.runs },
  'tiers.of': VALUE,
  'tiers.rule': VALUE,
  'tiers.names': VALUE,
  'tiers.cuts': VALUE,
  'targets.ratio': VALUE,
  'targets.retention': VALUE,
  'ranking.value': RANK,
  'ranking.fdr': RANK,
  'ranking.landmarkDate': RANK,
  'attribution.lookbackDays': { ...RANK, takesEffect: ['at once', 'next run'] },
  'attribution.windowDays': RANK,
  'attribution.halfLifeDays': { ...RANK, takesEffect: ['at once', 'next run'] },
  'prediction.horizonDays': VALUE,
  'prediction.discountRate': VALUE,
  // The first experiment of recommendations is made at a boot; each has its own share from then on.
  'activation.holdout': { takesEffect: ['restart'], runs: [] },
  'privacy.retentionDays': AT_ONCE,
};

export const PATHS = Object.keys(CATALOGUE) as SettingPath[];

export const isPath = (path: string): path is SettingPath => Object.hasOwn(CATALOGUE, path);
