import { styled } from 'styled-components';
import { DASHES, type SeriesColor, usePalette } from './palette';

interface LegendProps {
  entries: { name: string; color: SeriesColor; look: 'line' | 'filled' | 'hollow' }[];
}

/** What the lines or columns of a chart are, where there is no room beside them. */
export function Legend({ entries }: LegendProps) {
  const palette = usePalette();
  return (
    <List>
      {entries.map(({ name, color, look }, index) => (
        <li key={name}>
          <svg width="26" height="12" aria-hidden="true">
            {look === 'line' ? (
              <line
                x1="0"
                x2="26"
                y1="6"
                y2="6"
                stroke={palette[color]}
                strokeWidth="2"
                strokeDasharray={DASHES[index]}
              />
            ) : (
              <rect
                x="7"
                y="1"
                width="12"
                height="10"
                fill={look === 'filled' ? palette[color] : palette.ground}
                stroke={palette[color]}
                strokeWidth="1.5"
              />
            )}
          </svg>
          {name}
        </li>
      ))}
    </List>
  );
}

const List = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 1.6rem;
  margin: 0 0 0.4rem;
  padding: 0;
  list-style: none;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral700};

  li {
    display: inline-flex;
    align-items: center;
    gap: 0.6rem;
  }
`;
