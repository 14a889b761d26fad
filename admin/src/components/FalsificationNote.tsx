import { Box, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Falsification, FalsificationCheck } from '../../../server/src/ranking/api-types';
import { useFormats } from '../format';
import { useText } from '../text';
import { CHECK, checkFigures, checkNote, STATE, stateOf } from './falsification-words';

const SIGN = { passed: '✓', failed: '✗', unknown: '–' } as const;

/** The checks in words, one a line. */
export function CheckList({ checks }: { checks: FalsificationCheck[] }) {
  const text = useText();
  const format = useFormats();
  return (
    <List>
      {checks.map((check) => {
        const state = stateOf(check);
        const figures = checkFigures(check, text, format);
        return (
          <li key={check.name}>
            <Mark $state={state} role="img" aria-label={text(STATE[state])}>
              {SIGN[state]}
            </Mark>
            <div>
              <b>{text(CHECK[check.name].name)}</b>
              {figures && <> ({figures})</>}
              <br />
              {text(CHECK[check.name].meaning)} {checkNote(check, text)}
            </div>
          </li>
        );
      })}
    </List>
  );
}

/** How the ranking stood its own checks: a warning when it failed one, one quiet line when it did not. */
export function FalsificationNote({ falsification }: { falsification: Falsification }) {
  const text = useText();
  const [open, setOpen] = useState(!falsification.passed);
  const { checks, passed } = falsification;
  const failed = checks.filter((check) => check.passed === false).length;
  const tried = checks.filter((check) => check.passed !== null).length;
  if (tried === 0) return null;
  const color = passed ? 'success' : 'danger';
  return (
    <Box
      role={passed ? undefined : 'alert'}
      background={passed ? 'neutral0' : 'danger100'}
      borderColor={`${color}200`}
      hasRadius
      paddingTop={3}
      paddingBottom={3}
      paddingLeft={4}
      paddingRight={4}
    >
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography fontWeight="bold" textColor={passed ? 'neutral800' : 'danger700'}>
          {passed
            ? text('clv.falsification.passed', { n: tried })
            : text('clv.falsification.failed', { n: failed, of: tried })}
        </Typography>
        <Toggle type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {text(open ? 'clv.falsification.hide' : 'clv.falsification.show')}
        </Toggle>
      </Flex>
      {!passed && (
        <Typography tag="p" textColor="neutral800">
          {text('clv.falsification.failed.what')}
        </Typography>
      )}
      {open && (
        <Box paddingTop={3}>
          <CheckList checks={checks} />
        </Box>
      )}
    </Box>
  );
}

const List = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr));
  gap: 1.2rem 2.4rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral700};

  li {
    display: flex;
    gap: 1rem;
  }

  b {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;

const TONE = { passed: 'success', failed: 'danger', unknown: 'neutral' } as const;

const Mark = styled.span<{ $state: keyof typeof TONE }>`
  flex: none;
  width: 1.6rem;
  font-weight: 700;
  text-align: center;
  color: ${({ theme, $state }) => theme.colors[`${TONE[$state]}700`]};
`;

const Toggle = styled.button`
  padding: 0;
  border: 0;
  background: none;
  font: inherit;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.primary600};
  cursor: pointer;

  &:hover {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
