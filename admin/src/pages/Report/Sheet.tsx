import { styled } from 'styled-components';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { kindName, useFormats } from '../../format';
import { measureOf } from '../../measure';
import { divisionName, sliceName } from '../../slices';
import { useText } from '../../text';
import { landmarkWords, VALUE_NAME } from '../Rankings/explain';
import { Checks } from './Checks';
import { ItemRow } from './ItemRow';
import { Method } from './Method';
import { SHEET } from './sheet-id';

interface SheetProps {
  snapshot: SnapshotHead;
  /** The first ones, and those furthest below the typical piece. */
  items: RankedItem[];
  below: RankedItem[];
  /** Items in the whole ranking. */
  total: number;
}

/** The report as it is printed: what was asked, the items that stand out, how far to trust them, and how it was made. */
export function Sheet({ snapshot, items, below, total }: SheetProps) {
  const text = useText();
  const format = useFormats();
  const { landmark, sliceOf, slice, population, withValue, value, currency, createdAt, timezone, fdr } =
    snapshot;
  const { name, meaning } = landmarkWords(landmark, text, format);
  const measure = measureOf(snapshot, format);
  const judged = items.filter((item) => measure.of(item).value !== null);
  const others = below.filter((item) => !judged.some(({ contentId }) => contentId === item.contentId));
  const scale = measure.scale([...judged, ...others].map(measure.of));
  const row = (item: RankedItem) => (
    <ItemRow
      key={item.contentId}
      item={item}
      snapshot={snapshot}
      measure={measure}
      scale={scale}
      kind={kindName(item.kind)}
    />
  );
  const facts: [string, string][] = [
    [text('clv.report.made'), `${format.dateTime(createdAt)} (${timezone})`],
    [text('clv.landmark.label'), `${name}. ${meaning}`],
    [
      text('clv.report.population'),
      [
        sliceOf && `${divisionName(sliceOf, text)}: ${sliceName(sliceOf, slice, text, format)}`,
        text('clv.report.people', { n: population, value: withValue }),
      ]
        .filter(Boolean)
        .join('; '),
    ],
    [text('clv.report.value'), `${text(VALUE_NAME[value])}, ${currency}`],
    [text('clv.report.fdr'), format.percent(fdr)],
  ];
  return (
    <Paper id={SHEET} aria-label={text('clv.report.title')}>
      <header>
        <p className="brand">{text('clv.name')}</p>
        <h3>{text('clv.report.heading')}</h3>
        {snapshot.simulated && <p className="simulated">{text('clv.simulated')}</p>}
        <dl>
          {facts.map(([term, words]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </header>
      <h4>{text('clv.report.items', { n: judged.length, of: total })}</h4>
      {judged.length === 0 ? <p>{text('clv.report.nothing')}</p> : <ol>{judged.map(row)}</ol>}
      {others.length > 0 && (
        <>
          <h4>{text('clv.report.below', { n: others.length })}</h4>
          <ol>{others.map(row)}</ol>
        </>
      )}
      <Checks snapshot={snapshot} />
      <Method snapshot={snapshot} />
      <footer>
        <p>¹ {text('clv.association')}</p>
        <p>² {text('clv.report.note.interval')}</p>
      </footer>
    </Paper>
  );
}

const INK = '#111';
const GREY = '#555';
const RULE = '#bbb';

/** A sheet of paper on the screen too: black on white in light and in dark. */
const Paper = styled.article`
  width: 100%;
  max-width: 84rem;
  margin: 0 auto;
  padding: 4.8rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  background: #fff;
  color: ${INK};
  font-size: 1.3rem;
  line-height: 1.9rem;
  font-variant-numeric: tabular-nums;

  @media (max-width: 700px) {
    padding: 2rem 1.6rem;
  }

  @media print {
    max-width: none;
    padding: 0;
    border: 0;
    font-size: 9.5pt;
    line-height: 1.42;
    print-color-adjust: exact;
  }

  .brand {
    color: ${GREY};
  }

  .simulated {
    margin: 0.8rem 0;
    padding: 0.6rem 1rem;
    border: 1px solid ${INK};
  }

  h3 {
    margin: 0.2rem 0 1.2rem;
    font-size: 2.4rem;
    line-height: 3rem;
    font-weight: 600;
  }

  h4 {
    margin: 2.4rem 0 0.8rem;
    font-size: 1.5rem;
    line-height: 2rem;
    font-weight: 600;
    break-after: avoid;
  }

  dl {
    margin: 0;
    padding: 1.2rem 0;
    border-top: 1px solid ${RULE};
    border-bottom: 1px solid ${RULE};
  }

  dl > div {
    display: grid;
    grid-template-columns: 16rem 1fr;
    gap: 1.2rem;
  }

  @media (max-width: 700px) {
    dl > div {
      grid-template-columns: 1fr;
      gap: 0;
      padding-bottom: 0.6rem;
    }
  }

  dt {
    color: ${GREY};
  }

  dd {
    margin: 0;
  }

  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  p + p {
    margin-top: 0.6rem;
  }

  footer {
    margin-top: 2.4rem;
    padding-top: 1.2rem;
    border-top: 1px solid ${RULE};
    font-size: 1.1rem;
    line-height: 1.6rem;
    color: ${GREY};
    break-inside: avoid;
  }

  @media print {
    footer {
      font-size: 8pt;
      line-height: 1.4;
    }
  }
`;
