import { Tooltip, VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Verdict } from '../../../server/src/ranking/api-types';
import { useText, VERDICT_NAME } from '../text';
import { LOOK } from './verdict-look';

/** A verdict as a coloured, signed word. `because` explains it in one sentence: on hover, and to screen readers. */
export function VerdictBadge({ verdict, because }: { verdict: Verdict; because?: string }) {
  const text = useText();
  const { tone, sign } = LOOK[verdict];
  const badge = (
    <Badge $tone={tone}>
      <span aria-hidden>{sign}</span> {text(VERDICT_NAME[verdict])}
      {because && <VisuallyHidden>. {because}</VisuallyHidden>}
    </Badge>
  );
  return because ? <Tooltip label={because}>{badge}</Tooltip> : badge;
}

const Badge = styled.span<{ $tone: 'success' | 'danger' | 'secondary' | 'neutral' }>`
  display: inline-flex;
  align-items: center;
  gap: 0.6rem;
  padding: 0.3rem 0.8rem;
  border-radius: 1.2rem;
  border: 1px solid ${({ theme, $tone }) => theme.colors[`${$tone}200`]};
  background: ${({ theme, $tone }) => theme.colors[`${$tone}100`]};
  color: ${({ theme, $tone }) => theme.colors[`${$tone}700`]};
  font-size: 1.2rem;
  line-height: 1.6rem;
  font-weight: 500;
  white-space: nowrap;
`;
