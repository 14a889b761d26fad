import { styled } from 'styled-components';

/** The table scrolls inside itself where it is wider than its place. */
export const Scroll = styled.div`
  overflow: auto;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.tableShadow};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

export const Table = styled.table`
  width: 100%;
  min-width: 100rem;
  border-collapse: separate;
  border-spacing: 0;
  font-size: 1.2rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral800};
  font-variant-numeric: tabular-nums;

  th,
  td {
    padding: 1rem 0.6rem;
    text-align: start;
    vertical-align: middle;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  tbody th {
    font-weight: 400;
  }

  /* What a row is about stays in sight while its figures move. */
  th:first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    width: 26%;
    min-width: 18rem;
    padding-inline-start: 2rem;
    background: ${({ theme }) => theme.colors.neutral0};
  }

  th:last-child,
  td:last-child {
    padding-inline-end: 2rem;
  }

  td {
    min-width: 7.2rem;
    white-space: nowrap;
  }

  thead th {
    position: relative;
    vertical-align: bottom;
    font-size: 1.1rem;
    line-height: 1.5rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  tbody tr:hover > * {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  .end {
    text-align: end;
  }

  && .chosen {
    background: ${({ theme }) => theme.colors.primary100};
  }

  tbody .chosen,
  thead .chosen {
    font-weight: 600;
  }

  thead .chosen button {
    color: ${({ theme }) => theme.colors.primary700};
  }

  tfoot th,
  tfoot td {
    font-weight: 600;
    border-bottom: 0;
  }

  tfoot tr:first-child > * {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral300};
  }

  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  button {
    display: inline-flex;
    align-items: baseline;
    gap: 0.4rem;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    text-align: inherit;
    color: inherit;
    cursor: pointer;
  }

  .end button {
    flex-direction: row-reverse;
  }

  button:hover {
    color: ${({ theme }) => theme.colors.neutral800};
  }

  button:not(:hover) .idle {
    opacity: 0;
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
