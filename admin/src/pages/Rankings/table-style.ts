import { styled } from 'styled-components';
import { LABEL_WIDTH } from '../../components/IntervalBar';

/** Ends where the bars of the rows below end: their figures stand to the right of them. */
export const AxisPlace = styled.div`
  margin: 0.2rem ${LABEL_WIDTH} -0.4rem 0;
`;

/** The ranking's table: the design system's own moves the focus with the arrow keys only, ours has links and buttons. */
export const Table = styled.table`
  width: 100%;
  min-width: 100rem;
  border-collapse: collapse;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral800};
  font-variant-numeric: tabular-nums;

  caption,
  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  th,
  td {
    padding: 1rem 0.8rem;
    text-align: start;
    vertical-align: middle;
  }

  th {
    position: relative;
    vertical-align: top;
    font-size: 1.1rem;
    line-height: 1.6rem;
    font-weight: 600;
    letter-spacing: 0.02em;
    white-space: nowrap;
    color: ${({ theme }) => theme.colors.neutral600};
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  th:first-child,
  td:first-child {
    padding-inline-start: 2rem;
  }

  .pick {
    width: 3.6rem;
    padding-inline-end: 0;
  }

  tbody tr {
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  tbody tr:last-child {
    border-bottom: 0;
  }

  tbody tr:not(.details):hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  .position {
    white-space: nowrap;
  }

  .position > :last-child {
    margin-inline-start: 0.6rem;
  }

  .content {
    min-width: 20rem;
  }

  /* The bars, also while no row of the page has one. */
  th:nth-child(5) {
    width: 36%;
  }

  .interval {
    min-width: 26rem;
    /* The grid lines of a bar are longer than it is high: cut off here, they join with those of the rows around. */
    clip-path: inset(0);
  }

  .interval svg {
    clip-path: none;
  }

  .figure {
    text-align: end;
    white-space: nowrap;
  }

  .figure small {
    display: block;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  .shortfall {
    color: ${({ theme }) => theme.colors.neutral600};
  }

  .expand {
    width: 4.8rem;
    padding-inline: 0 1.2rem;
  }

  .details > td {
    padding: 0;
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;
