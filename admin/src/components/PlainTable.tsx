import type { ReactNode } from 'react';
import { styled } from 'styled-components';

interface PlainTableProps {
  label: string;
  /** Many rows: scrolls within a limited height. */
  tall?: boolean;
  children: ReactNode;
}

/** A table of text that scrolls inside itself when it is wider or taller than its place; so the keyboard can get there. */
export function PlainTable({ label, tall = false, children }: PlainTableProps) {
  return (
    <Scroll tabIndex={0} role="region" aria-label={label} $tall={tall}>
      <table>{children}</table>
    </Scroll>
  );
}

const Scroll = styled.div<{ $tall: boolean }>`
  overflow: auto;
  max-height: ${({ $tall }) => ($tall ? '32rem' : 'none')};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: 4px;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 1.3rem;
    line-height: 1.8rem;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  th,
  td {
    padding: 0.8rem 1.2rem;
    text-align: start;
    white-space: nowrap;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  tr:last-child td,
  tr:last-child th {
    border-bottom: 0;
  }

  tbody th {
    font-weight: 400;
  }

  tfoot td {
    font-weight: 600;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral300};
  }

  thead th {
    position: sticky;
    top: 0;
    font-size: 1.1rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral600};
    background: ${({ theme }) => theme.colors.neutral100};
  }

  td {
    vertical-align: top;
  }

  .wrap {
    white-space: normal;
    min-width: 24rem;
  }

  .end {
    text-align: end;
  }
`;
