import { VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../text';

interface MovementProps {
  position: number;
  /** Null when it was not ranked then. */
  previous: number | null;
  /** Say so when it was not ranked before; in a first ranking that would be everywhere. */
  markNew?: boolean;
}

/** How many places an item rose or fell since the run before; nothing when it stayed. */
export function Movement({ position, previous, markNew = false }: MovementProps) {
  const text = useText();
  if (previous === null && !markNew) return null;
  if (previous === null) return <Mark $tone="neutral">{text('clv.movement.new')}</Mark>;
  const places = previous - position;
  if (places === 0) return null;
  const rose = places > 0;
  return (
    <Mark $tone={rose ? 'success' : 'danger'}>
      <span aria-hidden>
        {rose ? '↑' : '↓'}
        {Math.abs(places)}
      </span>
      <VisuallyHidden>
        {text(rose ? 'clv.movement.up' : 'clv.movement.down', { places: Math.abs(places) })}
      </VisuallyHidden>
    </Mark>
  );
}

const Mark = styled.span<{ $tone: 'success' | 'danger' | 'neutral' }>`
  font-size: 1.1rem;
  line-height: 1.4rem;
  white-space: nowrap;
  color: ${({ theme, $tone }) => theme.colors[`${$tone}600`]};
`;
