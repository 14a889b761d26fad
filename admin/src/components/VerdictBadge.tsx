import { Tooltip, VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Verdict } from '../../../server/src/ranking/api-types';
import { useText, VERDICT_NAME } from '../text';
import { Badge } from './Badge';
import { LOOK } from './verdict-look';

/** A verdict as a coloured, signed word. `because` explains it in one sentence: on hover, and to screen readers. */
export function VerdictBadge({ verdict, because }: { verdict: Verdict; because?: string }) {
  const text = useText();
  const { tone, sign } = LOOK[verdict];
  const badge = (
    <Ground $tone={tone}>
      <span aria-hidden>{sign}</span> {text(VERDICT_NAME[verdict])}
      {because && <VisuallyHidden>. {because}</VisuallyHidden>}
    </Ground>
  );
  return because ? <Tooltip label={because}>{badge}</Tooltip> : badge;
}

const Ground = styled(Badge)`
  padding: 0.3rem 0.8rem;
`;
