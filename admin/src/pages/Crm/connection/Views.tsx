import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { useFormats } from '../../../format';
import { type MessageId, useText } from '../../../text';

const VIEWS = {
  overview: 'clv.crm.show.overview',
  problems: 'clv.crm.show.problems',
  dead: 'clv.crm.show.dead',
  quality: 'clv.crm.show.quality',
  settings: 'clv.crm.show.settings',
} satisfies Record<string, MessageId>;

export type View = keyof typeof VIEWS;

/** The part of the page that the address names. */
export function readShow(params: URLSearchParams): View {
  const show = params.get('show') ?? '';
  return show in VIEWS ? (show as View) : 'overview';
}

/** The parts of a connection's page, with how much there is to look at. */
export function Views({ connection, show }: { connection: ConnectionDetail; show: View }) {
  const text = useText();
  const format = useFormats();
  const counts: Partial<Record<View, number>> = { problems: connection.problems, dead: connection.dead };
  const views = (Object.keys(VIEWS) as View[]).filter(
    (view) => view !== 'dead' || connection.capabilities.push || connection.dead > 0,
  );
  return (
    <Nav aria-label={connection.name}>
      {views.map((view) => (
        <Link
          key={view}
          to={view === 'overview' ? '?' : `?show=${view}`}
          aria-current={view === show ? 'page' : undefined}
        >
          {text(VIEWS[view])}
          {(counts[view] ?? 0) > 0 && <span>{format.integer(counts[view]!)}</span>}
        </Link>
      ))}
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
