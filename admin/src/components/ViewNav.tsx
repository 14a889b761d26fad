import { styled } from 'styled-components';

/** Links to the views of one page. */
export const ViewNav = styled.nav`
  display: flex;
  flex-wrap: wrap;
  gap: 0.8rem;

  a {
    display: inline-flex;
    gap: 0.8rem;
    align-items: center;
    padding: 0.6rem 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    font-size: 1.3rem;
    line-height: 1.8rem;
    text-decoration: none;
    color: ${({ theme }) => theme.colors.neutral700};
    background: ${({ theme }) => theme.colors.neutral0};
  }

  a:hover {
    border-color: ${({ theme }) => theme.colors.primary600};
  }

  a[aria-current] {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.primary700};
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }

  span {
    min-width: 2rem;
    padding: 0 0.6rem;
    border-radius: 1rem;
    font-size: 1.2rem;
    text-align: center;
    color: ${({ theme }) => theme.colors.neutral800};
    background: ${({ theme }) => theme.colors.neutral150};
  }
`;
