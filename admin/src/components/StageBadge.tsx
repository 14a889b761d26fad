import { Tooltip, VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Stage } from '../../../server/src/clv/api-types';
import { useText } from '../text';
import { STAGE_MEANING, STAGE_NAME } from './stage-words';

type Tone = 'success' | 'danger' | 'secondary' | 'warning' | 'neutral';

/** A colour, and a sign for whoever does not see colours. */
const LOOK: Record<Stage, { tone: Tone; sign: string }> = {
  prospect: { tone: 'neutral', sign: '○' },
  new: { tone: 'secondary', sign: '◆' },
  active: { tone: 'success', sign: '●' },
  'at risk': { tone: 'warning', sign: '▼' },
  lapsed: { tone: 'neutral', sign: '✕' },
  'won back': { tone: 'success', sign: '↺' },
};

/** Where somebody stands in their time as a customer, as a coloured, signed word; its meaning on hover. */
export function StageBadge({ stage }: { stage: Stage }) {
  const text = useText();
  const { tone, sign } = LOOK[stage];
  const meaning = text(STAGE_MEANING[stage]);
  return (
    <Tooltip label={meaning}>
      <Badge $tone={tone}>
        <span aria-hidden>{sign}</span> {text(STAGE_NAME[stage])}
        <VisuallyHidden>: {meaning}</VisuallyHidden>
      </Badge>
    </Tooltip>
  );
}

const Badge = styled.span<{ $tone: Tone }>`
  display: inline-flex;
  align-items: center;
  gap: 0.5rem;
  padding: 0.2rem 0.8rem;
  border-radius: 1.2rem;
  border: 1px solid ${({ theme, $tone }) => theme.colors[`${$tone}200`]};
  background: ${({ theme, $tone }) => theme.colors[`${$tone}100`]};
  /* The design system's orange is too light for small words on its own ground. */
  color: ${({ theme, $tone }) => ($tone === 'warning' ? theme.colors.neutral800 : theme.colors[`${$tone}700`])};
  font-size: 1.2rem;
  line-height: 1.6rem;
  font-weight: 500;
  white-space: nowrap;
`;
