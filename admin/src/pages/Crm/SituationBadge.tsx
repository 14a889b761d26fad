import { Badge } from '../../components/Badge';
import { useText } from '../../text';
import type { Situation } from './situation';
import { SITUATION } from './words';

/** How something fares, as a coloured, signed word. */
export function SituationBadge({ is }: { is: Situation['is'] }) {
  const text = useText();
  const { tone, sign, name } = SITUATION[is];
  return (
    <Badge $tone={tone}>
      <span aria-hidden>{sign}</span> {text(name)}
    </Badge>
  );
}
