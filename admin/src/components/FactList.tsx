import { styled } from 'styled-components';

/** Names and what they stand for, line by line: a `div` of `dt` and `dd` for each. */
export const FactList = styled.dl`
  margin: 0;
  font-size: 1.4rem;
  line-height: 2rem;

  div {
    display: grid;
    gap: 0.4rem 2.4rem;
    padding: 1.2rem 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  ${({ theme }) => theme.breakpoints.medium} {
    div {
      grid-template-columns: 24rem 1fr;
    }
  }

  dt {
    color: ${({ theme }) => theme.colors.neutral700};
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
