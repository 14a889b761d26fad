import type {
  EffectReport,
  Experiment,
  ExperimentReport,
} from '../../../../server/src/activation/experiments/api-types';
import type { Formats } from '../../format';
import type { Text } from '../../text';
import { isTrigger, subject } from './words';

/** Fewer units than this in an arm tell nothing. */
const UNITS_NEEDED = 30;
/** Where fewer bought, a single customer decides. */
const BUYERS_NEEDED = 20;

/** What a report says of an experiment as a whole. */
export type Finding =
  | { is: 'nothing' }
  | { is: 'mismatch' }
  /** Who there are of those that are needed, in the arm that has fewest. */
  | { is: 'few'; of: 'units' | 'buyers'; n: number }
  /** A fixed horizon whose end has not come. */
  | { is: 'early' }
  | { is: 'effect'; effect: EffectReport };

/** Which of several effects is told first: one that is clear, the largest of those. */
const FIRST: EffectReport['verdict'][] = ['more', 'less', 'no clear difference', 'not enough data'];

export function effectsInOrder(effects: EffectReport[]): EffectReport[] {
  const rank = ({ verdict }: EffectReport) => FIRST.indexOf(verdict);
  return [...effects].sort((a, b) => rank(a) - rank(b) || b.perUnit.value - a.perUnit.value);
}

export function findingOf(report: ExperimentReport | null): Finding {
  if (!report) return { is: 'nothing' };
  if (!report.ratio.ok) return { is: 'mismatch' };
  const [effect] = effectsInOrder(report.effects);
  if (effect && effect.verdict !== 'not enough data') return { is: 'effect', effect };
  const fewest = Math.min(...report.arms.map(({ units }) => units));
  if (!effect || fewest < UNITS_NEEDED) return { is: 'few', of: 'units', n: fewest };
  if (!report.final) return { is: 'early' };
  const bought = report.arms.map(({ units, buyers }) => Math.round(units * buyers));
  return { is: 'few', of: 'buyers', n: Math.min(...bought) };
}

/** What a finding says, in one sentence with its figures. */
export function findingSentence(
  experiment: Experiment,
  report: ExperimentReport | null,
  finding: Finding,
  text: Text,
  format: Formats,
): string {
  switch (finding.is) {
    case 'nothing':
      return text(
        experiment.state === 'draft' ? 'clv.experiments.says.draft' : 'clv.experiments.says.nothing',
      );
    case 'mismatch':
      return text('clv.experiments.says.mismatch');
    case 'few':
      return finding.of === 'buyers'
        ? text('clv.experiments.says.few-buyers', { n: finding.n, needed: BUYERS_NEEDED })
        : text('clv.experiments.says.few', {
            n: Number.isFinite(finding.n) ? finding.n : 0,
            needed: UNITS_NEEDED,
          });
    case 'early':
      return text('clv.experiments.says.early');
    case 'effect':
      return effectSentence(experiment, finding.effect, report!.currency, text, format);
  }
}

/** "Recommendations bring €2.10 more per person than the usual order (95 % interval €0.40 to €3.80)." */
export function effectSentence(
  experiment: Experiment,
  { arm, perUnit, verdict }: EffectReport,
  currency: string,
  text: Text,
  format: Formats,
): string {
  const { design, state } = experiment;
  const trigger = isTrigger(experiment);
  const values = {
    what: design.variants.length > 1 ? text('clv.experiments.variant', { arm }) : subject(experiment, text),
    bring: text(design.variants.length > 1 ? 'clv.experiments.brings' : 'clv.experiments.bring'),
    amount: format.money(verdict === 'less' ? Math.abs(perUnit.value) : perUnit.value, currency),
    confidence: format.wholePercent(1 - design.alpha),
    low: format.money(perUnit.low, currency, perUnit.value),
    high: format.money(perUnit.high, currency, perUnit.value),
    than: text(trigger ? 'clv.experiments.than.no-message' : 'clv.experiments.than.usual'),
  };
  if (verdict === 'more') return text('clv.experiments.says.more', values);
  if (verdict === 'less') return text('clv.experiments.says.less', values);
  return text(
    state === 'stopped' ? 'clv.experiments.says.none-stopped' : 'clv.experiments.says.none',
    values,
  );
}
