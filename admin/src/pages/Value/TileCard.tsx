import { VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Tile } from '../../../../server/src/clv/api-types';
import { Sparkline } from '../../components/charts/Sparkline';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { TILE } from './tile-words';

/** One key figure: its value, interval and number of cases, its course, and what it is held against. */
export function TileCard({ tile, currency }: { tile: Tile; currency: string }) {
  const text = useText();
  const words = useFigureWords(currency);
  const [name, meaning] = TILE[tile.key];
  const { figure, unit } = tile;
  if (!isEstimate(figure))
    return (
      <Card>
        <h4>{text(name)}</h4>
        <p className="missing">{words.notEnough(figure.notEnough)}</p>
        <p>{text(meaning)}</p>
      </Card>
    );
  const interval = words.interval(figure, unit);
  return (
    <Card>
      <h4>{text(name)}</h4>
      <div className="figure">
        <b>{words.write(figure.value, unit)}</b>
        <Course tile={tile} currency={currency} />
      </div>
      <p className="interval">
        {interval && <span>{text('clv.figure.interval', { interval })}</span>}
        {interval && ' · '}
        <span>{text('clv.figure.n', { n: figure.n })}</span>
      </p>
      <Target tile={tile} value={figure.value} currency={currency} />
      <p>{text(meaning)}</p>
    </Card>
  );
}

function Course({ tile: { trend, unit }, currency }: { tile: Tile; currency: string }) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(currency);
  const known = trend.filter(({ value }) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (known.length < 2 || !first || !last) return null;
  const said = text('clv.tile.course', {
    first: words.write(first.value, unit),
    firstMonth: format.month(first.month),
    last: words.write(last.value, unit),
    lastMonth: format.month(last.month),
  });
  return (
    <span title={said}>
      <Sparkline values={trend.map(({ value }) => value)} />
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}

function Target({ tile, value, currency }: { tile: Tile; value: number; currency: string }) {
  const text = useText();
  const words = useFigureWords(currency);
  if (tile.target === null) return null;
  const reached = value >= tile.target;
  return (
    <p className={reached ? 'good' : 'bad'}>
      <span aria-hidden>{reached ? '▲' : '▼'}</span>{' '}
      {text(reached ? 'clv.tile.target.reached' : 'clv.tile.target.missed', {
        target: words.write(tile.target, tile.unit),
      })}
    </p>
  );
}

const Card = styled.li`
  display: flex;
  flex-direction: column;
  padding: 1.4rem 1.6rem;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral600};

  h4 {
    margin: 0;
    font-size: 1.3rem;
    line-height: 1.8rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  p {
    margin: 0.2rem 0 0;
  }

  p:last-child {
    margin-top: auto;
    padding-top: 0.6rem;
  }

  .figure {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.8rem;
    min-height: 3.6rem;
  }

  .figure svg {
    display: block;
  }

  b {
    font-size: 2.2rem;
    line-height: 2.8rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  .interval {
    font-variant-numeric: tabular-nums;
  }

  .missing {
    padding: 0.6rem 0;
    font-size: 1.3rem;
    line-height: 1.8rem;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  .good {
    color: ${({ theme }) => theme.colors.success700};
  }

  .bad {
    color: ${({ theme }) => theme.colors.danger700};
  }
`;
