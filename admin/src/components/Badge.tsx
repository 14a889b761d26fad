import { styled } from 'styled-components';

export type Tone = 'success' | 'danger' | 'secondary' | 'warning' | 'neutral';

/** The ground of a coloured, signed word. */
export const Badge = styled.span<{ $tone: Tone }>`
  display: inline-flex;
  align-items: center;
  gap: 0.6rem;
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
