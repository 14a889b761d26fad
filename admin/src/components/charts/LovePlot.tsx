import { scaleLinear } from '@visx/scale';
import { styled } from 'styled-components';
import { Legend } from './Legend';
import { usePalette } from './palette';

export interface LoveRow {
  name: string;
  before: number | null;
  after: number | null;
  /** Both in words. */
  figure: string;
}

interface LovePlotProps {
  label: string;
  names: [before: string, after: string];
  rows: LoveRow[];
  /** Differences up to here are small. */
  limit: number;
  tick: (value: number) => string;
}

const HEIGHT = 26;
const MIDDLE = HEIGHT / 2;

/** How far two groups lie apart in each trait, before (ring) and after (dot), by size. */
export function LovePlot({ label, names, rows, limit, tick }: LovePlotProps) {
  const palette = usePalette();
  const size = (value: number | null) => Math.abs(value ?? 0);
  const most = Math.max(...rows.flatMap(({ before, after }) => [size(before), size(after)]), 2 * limit);
  const scale = scaleLinear({ domain: [0, most], range: [0, 100], nice: true });
  const at = (value: number) => `${scale(value)}%`;
  const lines = { y1: -20, y2: HEIGHT + 20 };
  return (
    <>
      <Legend
        entries={[
          { name: names[0], color: 'second', look: 'hollow' },
          { name: names[1], color: 'first', look: 'filled' },
        ]}
      />
      <List aria-label={label}>
        <li aria-hidden className="axis">
          <span />
          <div>
            {[0, limit, ...scale.ticks(4).filter((value) => value > 1.5 * limit)].map((value) => (
              <i key={value} style={{ left: at(value) }}>
                {tick(value)}
              </i>
            ))}
          </div>
          <span />
        </li>
        {rows.map(({ name, before, after, figure }) => (
          <li key={name}>
            <span title={name}>{name}</span>
            <svg width="100%" height={HEIGHT} aria-hidden="true">
              <line x1="0" x2="0" {...lines} stroke={palette.axis} />
              <line x1={at(limit)} x2={at(limit)} {...lines} stroke={palette.strong} strokeDasharray="4 3" />
              {before !== null && after !== null && (
                <line
                  x1={at(size(before))}
                  x2={at(size(after))}
                  y1={MIDDLE}
                  y2={MIDDLE}
                  stroke={palette.grid}
                  strokeWidth={2}
                />
              )}
              {before !== null && (
                <circle
                  cx={at(size(before))}
                  cy={MIDDLE}
                  r={4.5}
                  fill={palette.ground}
                  stroke={palette.second}
                  strokeWidth={2}
                />
              )}
              {after !== null && <circle cx={at(size(after))} cy={MIDDLE} r={4.5} fill={palette.first} />}
            </svg>
            <span className="figure">{figure}</span>
          </li>
        ))}
      </List>
    </>
  );
}

const List = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 1.6rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral800};

  li {
    display: grid;
    grid-template-columns: minmax(7rem, 14rem) minmax(6rem, 1fr) 9.6rem;
    gap: 1.2rem;
    align-items: center;
  }

  li > span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  svg {
    display: block;
    overflow: visible;
    clip-path: inset(-0.2rem -0.6rem);
  }

  .axis {
    height: 1.6rem;
  }

  .axis div {
    position: relative;
    height: 100%;
  }

  i {
    position: absolute;
    transform: translateX(-50%);
    font-style: normal;
    font-size: 1.1rem;
    line-height: 1.4rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  @media (max-width: 600px) {
    li {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 1.2rem;
    }

    svg,
    .axis div {
      grid-row: 2;
      grid-column: 1 / -1;
    }

    /* Lines stay below the names of their rows. */
    svg {
      clip-path: inset(0 -0.6rem);
    }

    .axis div {
      height: 1.6rem;
    }
  }

  .figure {
    text-align: end;
    font-size: 1.2rem;
    color: ${({ theme }) => theme.colors.neutral700};
  }
`;
