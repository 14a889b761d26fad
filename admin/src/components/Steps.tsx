import { Box, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text';

export interface Step {
  name: string;
  done: boolean;
  /** What is there already, once it is done. */
  found: string;
  what: string;
  how: ReactNode;
  /** The next steps need not wait for it. */
  optional?: boolean;
}

/** Steps towards something; the first that is needed and not done is open, and those that one may skip before it. */
export function Steps({ steps }: { steps: Step[] }) {
  const text = useText();
  const current = steps.findIndex(({ done, optional }) => !done && !optional);
  return (
    <List>
      {steps.map(({ name, done, found, what, how, optional }, index) => {
        const isCurrent = index === current;
        const isOpen = isCurrent || (optional && !done && (index < current || current === -1));
        return (
          <li key={name} aria-current={isCurrent ? 'step' : undefined}>
            <Disc $done={done} $current={isCurrent} aria-hidden>
              {done ? <Check width="1.2rem" height="1.2rem" fill="currentColor" /> : index + 1}
            </Disc>
            <Box minWidth={0} flex="1">
              <Flex gap={2} wrap="wrap" minHeight="2.8rem">
                <Typography tag="h3" fontWeight="bold" textColor={isOpen ? 'neutral800' : 'neutral600'}>
                  {name}
                </Typography>
                {done && (
                  <Typography variant="pi" textColor="success700">
                    {found}
                  </Typography>
                )}
                {optional && !done && (
                  <Typography variant="pi" textColor="neutral600">
                    {text('clv.setup.optional')}
                  </Typography>
                )}
              </Flex>
              {isOpen && (
                <Flex direction="column" alignItems="stretch" gap={3} paddingTop={1}>
                  <Typography textColor="neutral700">{what}</Typography>
                  {how && <Box>{how}</Box>}
                </Flex>
              )}
            </Box>
          </li>
        );
      })}
    </List>
  );
}

const List = styled.ol`
  margin: 0;
  padding: 0;
  list-style: none;
  max-width: 80rem;

  li {
    position: relative;
    display: flex;
    gap: 1.6rem;
    padding-bottom: 2rem;
  }

  li:not(:last-child)::before {
    content: '';
    position: absolute;
    left: 1.4rem;
    top: 2.8rem;
    bottom: 0;
    width: 1px;
    background: ${({ theme }) => theme.colors.neutral200};
  }
`;

const Disc = styled.span<{ $done: boolean; $current: boolean }>`
  flex: none;
  display: flex;
  align-items: center;
  justify-content: center;
  width: 2.8rem;
  height: 2.8rem;
  border-radius: 50%;
  font-size: 1.3rem;
  font-weight: 600;
  color: ${({ theme, $done, $current }) =>
    $done ? theme.colors.success700 : $current ? theme.colors.buttonNeutral0 : theme.colors.neutral600};
  background: ${({ theme, $done, $current }) =>
    $done ? theme.colors.success100 : $current ? theme.colors.buttonPrimary600 : theme.colors.neutral150};
`;
