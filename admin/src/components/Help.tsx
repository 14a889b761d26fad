import { Popover } from '@strapi/design-system';
import { Question } from '@strapi/icons';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text';

interface HelpProps {
  /** The figure that is explained, by its name on the screen. */
  of: string;
  /** One or two sentences. */
  children: ReactNode;
}

/** A question mark beside a figure: a click or Enter says what the figure means, Escape closes. */
export function Help({ of, children }: HelpProps) {
  const text = useText();
  const question = text('clv.help', { of });
  return (
    <Popover.Root>
      <Popover.Trigger>
        <Mark type="button" aria-label={question}>
          <Question aria-hidden width="1.4rem" height="1.4rem" fill="currentColor" />
        </Mark>
      </Popover.Trigger>
      <Popover.Content aria-label={question} sideOffset={4} align="start" collisionPadding={16}>
        <Words>{children}</Words>
      </Popover.Content>
    </Popover.Root>
  );
}

const Mark = styled.button`
  display: inline-flex;
  /* A target of 24 pixels that takes the room of the sign alone. */
  margin: -0.5rem -0.5rem -0.5rem -0.1rem;
  padding: 0.5rem;
  border: 0;
  border-radius: 50%;
  background: none;
  vertical-align: middle;
  color: ${({ theme }) => theme.colors.neutral500};
  cursor: help;

  &:hover,
  &[data-state='open'] {
    color: ${({ theme }) => theme.colors.primary600};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

const Words = styled.p`
  max-width: min(32rem, 80vw);
  margin: 0;
  padding: 1.2rem 1.6rem;
  font-size: 1.3rem;
  font-weight: 400;
  line-height: 1.9rem;
  text-align: start;
  text-transform: none;
  white-space: normal;
  color: ${({ theme }) => theme.colors.neutral800};
`;
