import { Box, Flex, Typography } from '@strapi/design-system';
import { type ReactNode, useId, useState } from 'react';
import { styled } from 'styled-components';
import { useText } from '../../text';
import { PlainTable } from '../PlainTable';

export interface Column {
  label: string;
  /** Figures stand at the end of their column. */
  end?: boolean;
  /** Long titles take several lines. */
  wrap?: boolean;
}

/** What a chart shows, as words and figures. */
export interface ChartTable {
  columns: Column[];
  rows: string[][];
  /** What the rows sum to. */
  total?: string[];
}

interface ChartFrameProps {
  title: string;
  /** One sentence with the figure that matters most. */
  summary?: ReactNode;
  controls?: ReactNode;
  table?: ChartTable;
  children: ReactNode;
}

/** A chart with its title, what it says in one sentence, and its figures as a table for whoever wants those. */
export function ChartFrame({ title, summary, controls, table, children }: ChartFrameProps) {
  const text = useText();
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  return (
    <Card aria-labelledby={titleId}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
        <Box flex="1 1 24rem" minWidth={0}>
          <Typography id={titleId} tag="h3" variant="delta">
            {title}
          </Typography>
          {summary && (
            <Summary>
              <Typography tag="p" textColor="neutral700">
                {summary}
              </Typography>
            </Summary>
          )}
        </Box>
        {table && (
          <Toggle type="button" onClick={() => setAsTable(!asTable)} aria-describedby={titleId}>
            {text(asTable ? 'clv.chart.as-chart' : 'clv.chart.as-table')}
          </Toggle>
        )}
      </Flex>
      {controls && <Box>{controls}</Box>}
      {asTable && table ? <FiguresTable label={title} table={table} /> : <div>{children}</div>}
    </Card>
  );
}

export function FiguresTable({ label, table }: { label: string; table: ChartTable }) {
  const text = useText();
  const { columns, rows, total } = table;
  const cells = (row: string[]) =>
    row.map((cell, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their column
      <td key={index} className={columns[index]?.wrap ? 'wrap' : columns[index]?.end ? 'end' : undefined}>
        {cell}
      </td>
    ));
  return (
    <PlainTable label={text('clv.chart.figures', { title: label })} tall={rows.length > 14}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.label} scope="col" className={column.end ? 'end' : undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move within a table
          <tr key={index}>{cells(row)}</tr>
        ))}
      </tbody>
      {total && (
        <tfoot>
          <tr>{cells(total)}</tr>
        </tfoot>
      )}
    </PlainTable>
  );
}

export const Card = styled.section`
  display: flex;
  flex-direction: column;
  gap: 1.6rem;
  min-width: 0;
  padding: 2rem 2.4rem 2.4rem;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.tableShadow};

  @media (max-width: 600px) {
    padding: 1.6rem;
  }
`;

const Summary = styled.div`
  max-width: 72rem;
  padding-top: 0.4rem;

  b {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;

const Toggle = styled.button`
  flex: none;
  padding: 0.4rem 0;
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
