import type { EffectReport, Experiment } from '../../../../server/src/activation/experiments/api-types';
import { Badge } from '../../components/Badge';
import { useText } from '../../text';
import type { Finding } from './finding';
import { STATE, VERDICT } from './words';

/** Whether an experiment runs, as a coloured, signed word. */
export function StateBadge({ state }: { state: Experiment['state'] }) {
  const text = useText();
  const { tone, sign, name } = STATE[state];
  return (
    <Badge $tone={tone}>
      <span aria-hidden>{sign}</span> {text(name)}
    </Badge>
  );
}

export function EffectBadge({ verdict }: { verdict: EffectReport['verdict'] }) {
  const text = useText();
  const { tone, sign, name } = VERDICT[verdict];
  return (
    <Badge $tone={tone}>
      <span aria-hidden>{sign}</span> {text(name)}
    </Badge>
  );
}

/** The verdict on an experiment; nothing where nothing was counted. */
export function FindingBadge({ finding }: { finding: Finding }) {
  const text = useText();
  switch (finding.is) {
    case 'nothing':
      return null;
    case 'mismatch':
      return (
        <Badge $tone="danger">
          <span aria-hidden>!</span> {text('clv.experiments.verdict.mismatch')}
        </Badge>
      );
    case 'few':
    case 'early':
      return <EffectBadge verdict="not enough data" />;
    case 'effect':
      return <EffectBadge verdict={finding.effect.verdict} />;
  }
}
