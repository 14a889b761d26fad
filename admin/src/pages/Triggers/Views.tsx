import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { TRIGGERS } from './triggers-api';

/** The parts of the page; `dead` messages were given up on their way to webhooks. */
export function Views({ dead = 0 }: { dead?: number }) {
  const text = useText();
  const format = useFormats();
  return (
    <Nav aria-label={text('clv.nav.triggers')}>
      <NavLink to={TRIGGERS} end>
        {text('clv.nav.triggers')}
      </NavLink>
      <NavLink to={`${TRIGGERS}/log`}>{text('clv.triggers.log')}</NavLink>
      <NavLink to={`${TRIGGERS}/webhooks`}>
        {text('clv.triggers.webhooks')}
        {dead > 0 && <span title={text('clv.triggers.dead', { n: dead })}>{format.integer(dead)}</span>}
      </NavLink>
    </Nav>
  );
}

const Nav = styled.nav`
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
