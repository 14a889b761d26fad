import { styled } from 'styled-components';
import type { FalsificationCheck, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { CHECK, checkFigures, checkNote, STATE, stateOf } from '../../components/falsification-words';
import { useFormats } from '../../format';
import { useText } from '../../text';

/** How far the ranking may be trusted: how it stood its own checks. */
export function Checks({ snapshot: { report } }: { snapshot: SnapshotHead }) {
  const text = useText();
  const { falsification } = report;
  const tried = falsification?.checks.filter(({ passed }) => passed !== null).length ?? 0;
  if (!falsification || tried === 0) return null;
  const failed = falsification.checks.filter(({ passed }) => passed === false).length;
  return (
    <Section>
      <h4>
        {falsification.passed
          ? text('clv.falsification.passed', { n: tried })
          : text('clv.falsification.failed', { n: failed, of: tried })}
      </h4>
      {!falsification.passed && <p>{text('clv.falsification.failed.what')}</p>}
      <ul>
        {falsification.checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
    </Section>
  );
}

function Check({ check }: { check: FalsificationCheck }) {
  const text = useText();
  const format = useFormats();
  const figures = checkFigures(check, text, format);
  const { name, meaning } = CHECK[check.name];
  return (
    <li>
      <b>
        {text(name)}: {text(STATE[stateOf(check)])}
      </b>
      {figures && ` (${figures})`}. {text(meaning)} {checkNote(check, text)}
    </li>
  );
}

const Section = styled.section`
  break-inside: avoid;

  ul {
    margin: 0;
    padding-inline-start: 1.8rem;
    list-style: disc;
  }
`;
