import type { Setting, SettingPath } from '../../../../server/src/settings/api-types';
import type { MessageId } from '../../text';

/** Where more is to be said than when. */
const OWN: Partial<Record<SettingPath, MessageId>> = {
  'value.timezone': 'clv.settings.counts.timezone',
  'attribution.lookbackDays': 'clv.settings.counts.attribution',
  'attribution.halfLifeDays': 'clv.settings.counts.attribution',
  'privacy.retentionDays': 'clv.settings.counts.night',
  'activation.holdout': 'clv.settings.counts.holdout',
};

/** The sentence that says when a change counts. */
export function effectOf({ path, takesEffect, runs }: Setting): MessageId {
  const own = OWN[path];
  if (own) return own;
  if (!takesEffect.includes('next run')) return 'clv.settings.counts.at-once';
  if (runs.length > 1) return 'clv.settings.counts.runs';
  return runs[0] === 'rank' ? 'clv.settings.counts.rank' : 'clv.settings.counts.value';
}
