import { Box, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Falsification, FalsificationCheck } from '../../../server/src/ranking/api-types';
import { useFormats } from '../format';
import { type Text, useText } from '../text';
import { CHECK, checkFigures, checkNote, STATE, stateOf } from './falsification-words';

const SIGN = { passed: '✓', failed: '✗', warns: '!', unknown: '–' } as const;

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
  const [open, setOpen] = useState(falsification.passed === false);
  const { checks, passed } = falsification;
  const states = checks.map(stateOf);
  const tried = checks.filter((check, i) => states[i] !== 'unknown' && check.name !== 'value before').length;
  const chosen = checks[states.indexOf('warns')];
  if (tried === 0 && !chosen) return null;
  const failed = states.filter((state) => state === 'failed').length;
  const color = passed === false ? 'danger' : chosen ? 'warning' : 'success';
  return (
    <Box
      role={passed === false ? 'alert' : undefined}
      background={color === 'success' ? 'neutral0' : `${color}100`}
      borderColor={`${color}200`}
      hasRadius
      paddingTop={3}
      paddingBottom={3}
      paddingLeft={4}
      paddingRight={4}
    >
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography fontWeight="bold" textColor={passed === false ? 'danger700' : 'neutral800'}>
          {headline(passed, { tried, failed }, text)}
        </Typography>
        <Toggle type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {text(open ? 'clv.falsification.hide' : 'clv.falsification.show')}
        </Toggle>
      </Flex>
      {passed === false && (
        <Typography tag="p" textColor="neutral800">
          {text('clv.falsification.failed.what')}
        </Typography>
      )}
      {chosen && <Chosen check={chosen} />}
      {open && (
        <Box paddingTop={3}>
          <CheckList checks={checks} />
        </Box>
      )}
    </Box>
  );
}

function headline(passed: boolean | null, { tried, failed }: Record<'tried' | 'failed', number>, text: Text) {
  if (passed === null) return text('clv.falsification.unknown');
  return passed
    ? text('clv.falsification.passed', { n: tried })
    : text('clv.falsification.failed', { n: failed, of: tried });
}

/** That readers had been worth more already: said outright, because the plain figures look so convincing. */
function Chosen({ check: { found, of, ratio } }: { check: FalsificationCheck }) {
  const text = useText();
  const format = useFormats();
  return (
    <Typography tag="p" textColor="neutral800">
      {text('clv.check.before.warning', {
        found: format.integer(found ?? 0),
        of: format.integer(of ?? 0),
        ratio: format.coefficient(ratio ?? 1),
      })}
    </Typography>
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

const TONE = { passed: 'success', failed: 'danger', warns: 'warning', unknown: 'neutral' } as const;

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
