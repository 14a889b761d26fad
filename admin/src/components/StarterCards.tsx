import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

interface StarterCardsProps {
  label: string;
  starters: { to: string; name: string; what: string }[];
}

/** Ways to begin, each with what it brings. */
export function StarterCards({ label, starters }: StarterCardsProps) {
  return (
    <Cards aria-label={label}>
      {starters.map(({ to, name, what }) => (
        <li key={to}>
          <Link to={to}>
            <b>
              {name} <ArrowRight width="1.2rem" height="1.2rem" aria-hidden />
            </b>
            <span>{what}</span>
          </Link>
        </li>
      ))}
    </Cards>
  );
}

const Cards = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  list-style: none;

  a {
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
    height: 100%;
    padding: 1.6rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 6px;
    font-size: 1.4rem;
    line-height: 2rem;
    text-decoration: none;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  a:hover {
    border-color: ${({ theme }) => theme.colors.primary600};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }

  b {
    display: flex;
    gap: 0.8rem;
    align-items: center;
    justify-content: space-between;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  path {
    fill: ${({ theme }) => theme.colors.primary600};
  }
`;
