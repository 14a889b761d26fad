import { styled } from 'styled-components';
import type { SnapshotHead } from '../../../../server/src/ranking/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';

/** How the figures were made, in half a page, for whoever was not there. */
export function Method({ snapshot }: { snapshot: SnapshotHead }) {
  const text = useText();
  const format = useFormats();
  const { needed, fdr, report } = snapshot;
  const { typical, comparable, itemsNeeded } = report;
  return (
    <Section>
      <h4>{text('clv.report.method')}</h4>
      <p>{text('clv.report.method.compare', { needed })}</p>
      <p>{text('clv.report.method.adjust')}</p>
      <p>
        {typical
          ? text('clv.basis.typical', {
              n: comparable,
              ordinary: format.wholePercent(typical.ordinary),
              spread: format.share(typical.spread),
            })
          : text('clv.reason.no-typical', { n: comparable, needed: itemsNeeded })}
      </p>
      <p>{text('clv.report.method.judge', { fdr: format.percent(fdr) })}</p>
    </Section>
  );
}

const Section = styled.section`
  break-inside: avoid;
`;
