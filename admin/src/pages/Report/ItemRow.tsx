import { styled } from 'styled-components';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { place, type Scale } from '../../components/interval-scale';
import { LOOK } from '../../components/verdict-look';
import { useFormats } from '../../format';
import type { Measure } from '../../measure';
import { useText, VERDICT_NAME } from '../../text';
import { verdictReason } from '../Rankings/explain';

interface ItemRowProps {
  item: RankedItem;
  snapshot: SnapshotHead;
  measure: Measure;
  scale: Scale;
  kind: string;
}

const HEIGHT = 22;
const MIDDLE = HEIGHT / 2;
const INK = '#111';

/** One item of the printed report: its figure with the interval drawn in black, and its sentence. */
export function ItemRow({ item, snapshot, measure, scale, kind }: ItemRowProps) {
  const text = useText();
  const format = useFormats();
  const { value, low, high } = measure.of(item);
  const at = (figure: number) => `${100 * place(scale, figure)}%`;
  return (
    <Row>
      <span className="place">{format.integer(item.position)}</span>
      <div>
        <b dir="auto">{item.title}</b> <small>{[kind, item.locale].filter(Boolean).join(' · ')}</small>
        <p>
          {LOOK[item.verdict].sign} {text(VERDICT_NAME[item.verdict])}¹.{' '}
          {verdictReason(item, snapshot, text, format)}{' '}
          {text('clv.report.readers', { readers: item.exposed, others: item.unexposed })}
        </p>
      </div>
      <div className="figure">
        <b>{measure.write(value)}</b>
        {low !== null && high !== null && (
          <small>
            {text('clv.interval', { low: measure.end(low, value ?? 0), high: measure.end(high, value ?? 0) })}
            ²
          </small>
        )}
        <svg width="100%" height={HEIGHT} aria-hidden="true">
          <line x1={at(0)} x2={at(0)} y1="0" y2={HEIGHT} stroke="#888" />
          {low !== null && high !== null && (
            <line x1={at(low)} x2={at(high)} y1={MIDDLE} y2={MIDDLE} stroke={INK} strokeWidth={2} />
          )}
          {value !== null && <circle cx={at(value)} cy={MIDDLE} r={4} fill={INK} />}
        </svg>
      </div>
    </Row>
  );
}

const Row = styled.li`
  display: grid;
  grid-template-columns: 2.4rem minmax(0, 1fr) 15rem;
  gap: 1.2rem;
  padding: 1rem 0;
  border-bottom: 1px solid #ddd;
  break-inside: avoid;

  small {
    color: #555;
    font-size: 0.9em;
  }

  .figure {
    text-align: end;
  }

  .figure small {
    display: block;
  }

  svg {
    display: block;
    overflow: visible;
  }

  @media (max-width: 700px) {
    grid-template-columns: 2.4rem minmax(0, 1fr);

    .figure {
      grid-column: 2;
    }
  }
`;
