import { Tooltip, VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Stage } from '../../../server/src/clv/api-types';
import { useText } from '../text';
import { Badge, type Tone } from './Badge';
import { STAGE_MEANING, STAGE_NAME } from './stage-words';

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
      <Ground $tone={tone}>
        <span aria-hidden>{sign}</span> {text(STAGE_NAME[stage])}
        <VisuallyHidden>: {meaning}</VisuallyHidden>
      </Ground>
    </Tooltip>
  );
}

const Ground = styled(Badge)`
  gap: 0.5rem;
`;
