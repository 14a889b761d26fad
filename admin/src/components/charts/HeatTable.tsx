import { styled } from 'styled-components';
import { useText } from '../../text';

export interface HeatCell {
  /** How strong its colour is, from 0 to 1. */
  share: number;
  text: string;
  hint?: string;
  /** Framed, such as those who stayed where they were. */
  outlined?: boolean;
}

interface HeatTableProps {
  label: string;
  /** What the rows (down) and the columns (across) are. */
  corner: string;
  columns: string[];
  rows: { key: string; name: string; note?: string; cells: (HeatCell | null)[] }[];
}

/** A table whose cells are the darker the more they hold; the figure stands in each. */
export function HeatTable({ label, corner, columns, rows }: HeatTableProps) {
  const text = useText();
  return (
    <Scroll tabIndex={0} role="region" aria-label={text('clv.chart.figures', { title: label })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="cell">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, note, cells }) => (
            <tr key={key}>
              <th scope="row" title={name}>
                {name}
                {note && <small>{note}</small>}
              </th>
              {cells.map((cell, index) =>
                cell ? (
                  <Cell key={columns[index]} $share={cell.share} $outlined={cell.outlined} title={cell.hint}>
                    {cell.text}
                  </Cell>
                ) : (
                  <td key={columns[index]} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The lightest and the strongest ground on which the words can be read, in percent of the colour. */
const [FAINT, STRONG] = [4, 34];

const Cell = styled.td<{ $share: number; $outlined?: boolean }>`
  background: ${({ theme, $share }) =>
    `color-mix(in srgb, ${theme.colors.primary600} ${FAINT + (STRONG - FAINT) * Math.min(Math.max($share, 0), 1)}%, ${theme.colors.neutral0})`};
  box-shadow: ${({ theme, $outlined }) => ($outlined ? `inset 0 0 0 1px ${theme.colors.neutral500}` : 'none')};
`;

const Scroll = styled.div`
  overflow-x: auto;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }

  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 2px;
    font-size: 1.2rem;
    line-height: 1.6rem;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  th {
    font-weight: 500;
    color: ${({ theme }) => theme.colors.neutral600};
    white-space: nowrap;
    padding: 0.4rem 0.8rem 0.4rem 0;
    text-align: start;
  }

  th.cell {
    padding: 0.4rem;
    text-align: center;
  }

  tbody th {
    position: sticky;
    inset-inline-start: 0;
    max-width: 22rem;
    overflow: hidden;
    text-overflow: ellipsis;
    color: ${({ theme }) => theme.colors.neutral800};
    background: ${({ theme }) => theme.colors.neutral0};
  }

  th small {
    display: block;
    font-size: 1.1rem;
    line-height: 1.4rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  td {
    min-width: 4.6rem;
    padding: 0.7rem 0.4rem;
    border-radius: 2px;
    text-align: center;
    white-space: nowrap;
  }
`;
