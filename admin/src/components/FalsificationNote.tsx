import { Box, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Falsification, FalsificationCheck } from '../../../server/src/ranking/api-types';
import { type Formats, useFormats } from '../format';
import { type MessageId, type Text, useText } from '../text';

const CHECK: Record<FalsificationCheck['name'], { name: MessageId; meaning: MessageId }> = {
  'negative control': { name: 'clv.check.control', meaning: 'clv.check.control.meaning' },
  shuffles: { name: 'clv.check.shuffles', meaning: 'clv.check.shuffles.meaning' },
  'split halves': { name: 'clv.check.halves', meaning: 'clv.check.halves.meaning' },
  'sign flips': { name: 'clv.check.flips', meaning: 'clv.check.flips.meaning' },
};

const STATE = {
  passed: 'clv.check.passed',
  failed: 'clv.check.failed',
  unknown: 'clv.check.unknown',
} as const;
const SIGN = { passed: '✓', failed: '✗', unknown: '–' } as const;
const stateOf = ({ passed }: FalsificationCheck) =>
  passed === null ? 'unknown' : passed ? 'passed' : 'failed';

/** "found 3 of 40, expected 4": what of it is known. */
export function checkFigures(
  { found, of, expected }: FalsificationCheck,
  text: Text,
  format: Formats,
): string {
  const parts = [
    found !== null &&
      (of === null
        ? text('clv.check.found', { found: format.score(found) })
        : text('clv.check.found-of', { found: format.score(found), of: format.integer(of) })),
    expected !== null && text('clv.check.expected', { expected: format.score(expected) }),
  ];
  return parts.filter(Boolean).join(', ');
}

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
              {text(CHECK[check.name].meaning)}
              {check.note && <> {check.note}</>}
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
