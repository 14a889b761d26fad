import type {
  EffectReport,
  Experiment,
  Strategy,
} from '../../../../server/src/activation/experiments/api-types';
import type { Tone } from '../../components/Badge';
import type { MessageId, Text } from '../../text';

export const STRATEGY: Record<Strategy, MessageId> = {
  recommended: 'clv.experiments.strategy.recommended',
  popular: 'clv.experiments.strategy.popular',
  newest: 'clv.experiments.strategy.newest',
  plain: 'clv.experiments.strategy.plain',
};

export const STRATEGIES = Object.keys(STRATEGY) as Strategy[];

interface Look {
  tone: Tone;
  sign: string;
  name: MessageId;
}

export const STATE: Record<Experiment['state'], Look> = {
  draft: { tone: 'neutral', sign: '✎', name: 'clv.experiments.state.draft' },
  running: { tone: 'secondary', sign: '●', name: 'clv.experiments.state.running' },
  stopped: { tone: 'neutral', sign: '■', name: 'clv.experiments.state.stopped' },
};

export const VERDICT: Record<EffectReport['verdict'], Look> = {
  more: { tone: 'success', sign: '▲', name: 'clv.experiments.verdict.more' },
  less: { tone: 'danger', sign: '▼', name: 'clv.experiments.verdict.less' },
  'no clear difference': { tone: 'neutral', sign: '≈', name: 'clv.experiments.verdict.none' },
  'not enough data': { tone: 'neutral', sign: '…', name: 'clv.experiments.verdict.few' },
};

/** The arm that gets what everybody got before. */
export const HOLDOUT = 'holdout';

export const isTrigger = ({ surface }: Pick<Experiment, 'surface'>) => surface.startsWith('trigger:');

/** "Recommendations", or the messages of a trigger. */
export function subject({ surface, about }: Pick<Experiment, 'surface' | 'about'>, text: Text): string {
  return surface.startsWith('trigger:')
    ? text('clv.experiments.about.trigger', { name: about ?? surface.slice('trigger:'.length) })
    : text('clv.experiments.about.recommendations');
}

/** How people read the name of an arm. */
export const armName = (arm: string, text: Text): string =>
  arm === HOLDOUT ? text('clv.experiments.arm.holdout') : arm;

/** What an arm gets. */
export function armGets({ surface, design }: Experiment, arm: string, text: Text): string {
  const trigger = surface.startsWith('trigger:');
  if (arm === HOLDOUT)
    return text(trigger ? 'clv.experiments.gets.no-message' : 'clv.experiments.gets.usual');
  if (trigger) return text('clv.experiments.gets.message');
  const variant = design.variants.find((one) => one.arm === arm);
  return variant ? text(STRATEGY[variant.strategy]) : '–';
}

/** The share of all units that an arm is planned to get, 0 to 1. */
export function plannedShare({ holdout, variants }: Experiment['design'], arm: string): number | null {
  if (arm === HOLDOUT) return holdout;
  const all = variants.reduce((sum, { weight }) => sum + weight, 0);
  const variant = variants.find((one) => one.arm === arm);
  return variant && all > 0 ? (1 - holdout) * (variant.weight / all) : null;
}
