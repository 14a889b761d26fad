import type { SettingPath } from '../../../../server/src/settings/api-types';
import type { MessageId } from '../../text';
import type { FieldKind } from './fields';

export interface FieldWords {
  path: SettingPath;
  kind: FieldKind;
  name: MessageId;
  what: MessageId;
  /** What it must be, when it is not. */
  wrong: MessageId;
  /** What stands after a number. */
  unit?: MessageId;
  choices?: [value: string, name: MessageId][];
}

export interface SectionWords {
  name: MessageId;
  what: MessageId;
  fields: FieldWords[];
}

const NUMBER = 'clv.settings.wrong.positive';
const SHARE = 'clv.settings.wrong.share';
const DAYS = 'clv.settings.unit.days';

/** All that can be set, in the order in which it stands on the page. */
export const SECTIONS = {
  consent: {
    name: 'clv.settings.consent',
    what: 'clv.settings.consent.what',
    fields: [
      {
        path: 'consent.mode',
        kind: 'choice',
        name: 'clv.settings.mode',
        what: 'clv.settings.mode.what',
        wrong: 'clv.settings.wrong.choice',
        choices: [
          ['required', 'clv.settings.mode.required'],
          ['assumed', 'clv.settings.mode.assumed'],
        ],
      },
      {
        path: 'consent.respectGpc',
        kind: 'switch',
        name: 'clv.settings.gpc',
        what: 'clv.settings.gpc.what',
        wrong: 'clv.settings.wrong.choice',
      },
      {
        path: 'consent.respectDnt',
        kind: 'switch',
        name: 'clv.settings.dnt',
        what: 'clv.settings.dnt.what',
        wrong: 'clv.settings.wrong.choice',
      },
      {
        path: 'tracking.origins',
        kind: 'lines',
        name: 'clv.settings.origins',
        what: 'clv.settings.origins.what',
        wrong: 'clv.settings.wrong.origins',
      },
    ],
  },
  money: {
    name: 'clv.settings.money',
    what: 'clv.settings.money.what',
    fields: [
      {
        path: 'value.currency',
        kind: 'currency',
        name: 'clv.settings.currency',
        what: 'clv.settings.currency.what',
        wrong: 'clv.settings.wrong.currency',
      },
      {
        path: 'value.rates',
        kind: 'rates',
        name: 'clv.settings.rates',
        what: 'clv.settings.rates.what',
        wrong: 'clv.settings.wrong.rates',
      },
      {
        path: 'value.timezone',
        kind: 'timezone',
        name: 'clv.settings.timezone',
        what: 'clv.settings.timezone.what',
        wrong: 'clv.settings.wrong.timezone',
      },
    ],
  },
  tiers: {
    name: 'clv.settings.tiers',
    what: 'clv.settings.tiers.what',
    fields: [
      {
        path: 'tiers.of',
        kind: 'choice',
        name: 'clv.settings.tiers.of',
        what: 'clv.settings.tiers.of.what',
        wrong: 'clv.settings.wrong.choice',
        choices: [
          ['total', 'clv.settings.value.total'],
          ['historical', 'clv.settings.value.historical'],
          ['predicted', 'clv.settings.value.predicted'],
        ],
      },
      {
        path: 'tiers.rule',
        kind: 'choice',
        name: 'clv.settings.tiers.rule',
        what: 'clv.settings.tiers.rule.what',
        wrong: 'clv.settings.wrong.choice',
        choices: [
          ['quantiles', 'clv.settings.rule.quantiles'],
          ['bands', 'clv.settings.rule.bands'],
          ['pareto', 'clv.settings.rule.pareto'],
        ],
      },
      {
        path: 'tiers.names',
        kind: 'names',
        name: 'clv.settings.tiers.names',
        what: 'clv.settings.tiers.names.what',
        wrong: 'clv.settings.wrong.names',
      },
      {
        path: 'tiers.cuts',
        kind: 'shares',
        name: 'clv.settings.tiers.cuts',
        what: 'clv.settings.tiers.cuts.what',
        wrong: 'clv.settings.wrong.cuts',
      },
    ],
  },
  targets: {
    name: 'clv.settings.targets',
    what: 'clv.settings.targets.what',
    fields: [
      {
        path: 'targets.ratio',
        kind: 'number',
        name: 'clv.settings.ratio',
        what: 'clv.settings.ratio.what',
        wrong: NUMBER,
        unit: 'clv.settings.unit.to-one',
      },
      {
        path: 'targets.retention',
        kind: 'percent',
        name: 'clv.settings.retention',
        what: 'clv.settings.retention.what',
        wrong: SHARE,
        unit: 'clv.settings.unit.percent',
      },
    ],
  },
  models: {
    name: 'clv.settings.models',
    what: 'clv.settings.models.what',
    fields: [
      {
        path: 'ranking.value',
        kind: 'choice',
        name: 'clv.settings.rank-by',
        what: 'clv.settings.rank-by.what',
        wrong: 'clv.settings.wrong.choice',
        choices: [
          ['clv', 'clv.settings.value.historical'],
          ['margin', 'clv.settings.value.margin'],
          ['revenue', 'clv.settings.value.revenue'],
          ['predicted', 'clv.settings.value.predicted'],
          ['total', 'clv.settings.value.total'],
        ],
      },
      {
        path: 'ranking.fdr',
        kind: 'percent',
        name: 'clv.settings.fdr',
        what: 'clv.settings.fdr.what',
        wrong: SHARE,
        unit: 'clv.settings.unit.percent',
      },
      {
        path: 'ranking.landmarkDate',
        kind: 'day',
        name: 'clv.settings.landmark',
        what: 'clv.settings.landmark.what',
        wrong: 'clv.settings.wrong.day',
      },
      {
        path: 'attribution.lookbackDays',
        kind: 'number',
        name: 'clv.settings.lookback',
        what: 'clv.settings.lookback.what',
        wrong: 'clv.settings.wrong.lookback',
        unit: DAYS,
      },
      {
        path: 'attribution.windowDays',
        kind: 'number',
        name: 'clv.settings.window',
        what: 'clv.settings.window.what',
        wrong: 'clv.settings.wrong.window',
        unit: DAYS,
      },
      {
        path: 'attribution.halfLifeDays',
        kind: 'number',
        name: 'clv.settings.half-life',
        what: 'clv.settings.half-life.what',
        wrong: 'clv.settings.wrong.half-life',
        unit: DAYS,
      },
      {
        path: 'prediction.horizonDays',
        kind: 'number',
        name: 'clv.settings.horizon',
        what: 'clv.settings.horizon.what',
        wrong: 'clv.settings.wrong.horizon',
        unit: DAYS,
      },
      {
        path: 'prediction.discountRate',
        kind: 'percent',
        name: 'clv.settings.discount',
        what: 'clv.settings.discount.what',
        wrong: 'clv.settings.wrong.discount',
        unit: 'clv.settings.unit.percent-a-year',
      },
    ],
  },
  privacy: {
    name: 'clv.settings.privacy',
    what: 'clv.settings.privacy.what',
    fields: [
      {
        path: 'privacy.retentionDays',
        kind: 'days-or-ever',
        name: 'clv.settings.keep',
        what: 'clv.settings.keep.what',
        wrong: 'clv.settings.wrong.keep',
        unit: DAYS,
      },
    ],
  },
  experiments: {
    name: 'clv.settings.experiments',
    what: 'clv.settings.experiments.what',
    fields: [
      {
        path: 'activation.holdout',
        kind: 'percent',
        name: 'clv.settings.holdout',
        what: 'clv.settings.holdout.what',
        wrong: 'clv.settings.wrong.holdout',
        unit: 'clv.settings.unit.percent',
      },
    ],
  },
} satisfies Record<string, SectionWords>;

export type SectionName = keyof typeof SECTIONS;

export const FIELDS = Object.fromEntries(
  Object.values(SECTIONS).flatMap(({ fields }) =>
    (fields as FieldWords[]).map((field) => [field.path, field]),
  ),
) as Record<SettingPath, FieldWords>;
