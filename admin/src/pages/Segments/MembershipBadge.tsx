import type { Membership } from '../../../../server/src/activation/segments/api-types';
import { Badge } from '../../components/Badge';
import { useText } from '../../text';

/** Whether a segment follows its people by itself, as a coloured, signed word. */
export function MembershipBadge({ membership }: { membership: Membership }) {
  const text = useText();
  const live = membership === 'live';
  return (
    <Badge $tone={live ? 'success' : 'neutral'}>
      <span aria-hidden>{live ? '●' : '■'}</span> {text(live ? 'clv.segments.live' : 'clv.segments.static')}
    </Badge>
  );
}
