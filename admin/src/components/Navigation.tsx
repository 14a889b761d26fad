import { useId } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';
import { type Capability, PLUGIN_ID, useAllowed } from '../plugin';
import { type MessageId, useText } from '../text';

const BASE = `/plugins/${PLUGIN_ID}`;

interface Place {
  /** Below the plugin's address; the start page has none. */
  at: string;
  name: MessageId;
  /** Any of these. */
  needs: Capability[];
}

/** Every page by what it is for, so that one finds it without reading all the names. */
const GROUPS: { name: MessageId; places: Place[] }[] = [
  {
    name: 'clv.nav.group.content',
    places: [
      { at: '', name: 'clv.nav.rankings', needs: ['read'] },
      { at: '/advice', name: 'clv.nav.advice', needs: ['read'] },
      { at: '/journeys', name: 'clv.nav.journeys', needs: ['read'] },
      { at: '/attribution', name: 'clv.nav.attribution', needs: ['read'] },
    ],
  },
  {
    name: 'clv.nav.group.customers',
    places: [
      { at: '/value', name: 'clv.nav.value', needs: ['value'] },
      { at: '/model', name: 'clv.nav.model', needs: ['value'] },
      { at: '/customers', name: 'clv.nav.customers', needs: ['customers'] },
    ],
  },
  {
    name: 'clv.nav.group.act',
    places: [
      { at: '/segments', name: 'clv.nav.segments', needs: ['activation'] },
      { at: '/triggers', name: 'clv.nav.triggers', needs: ['activation'] },
      { at: '/experiments', name: 'clv.nav.experiments', needs: ['activation'] },
    ],
  },
  {
    name: 'clv.nav.group.setup',
    places: [
      { at: '/import', name: 'clv.nav.import', needs: ['import'] },
      { at: '/crm', name: 'clv.nav.crm', needs: ['crm'] },
      { at: '/settings', name: 'clv.nav.settings', needs: ['settings', 'value'] },
    ],
  },
];

/** What else belongs to the start page: an item, groups of them, comparisons, the report. */
const OF_THE_START_PAGE = `${BASE}/rankings`;

function isOpen(at: string, pathname: string): boolean {
  const below = (base: string) => pathname === base || pathname.startsWith(`${base}/`);
  return at === '' ? pathname === BASE || below(OF_THE_START_PAGE) : below(BASE + at);
}

/** The way from every page to every other, in one step; whoever may see one page only needs none. */
export function Navigation() {
  const text = useText();
  const id = useId();
  const allowed = useAllowed();
  const { pathname } = useLocation();
  const groups = GROUPS.map(({ name, places }) => ({
    name,
    places: places.filter(({ needs }) => needs.some((capability) => allowed[capability])),
  })).filter(({ places }) => places.length > 0);
  if (groups.flatMap(({ places }) => places).length < 2) return null;

  return (
    <Nav aria-label={text('clv.name')}>
      {groups.map(({ name, places }) => (
        <div key={name}>
          <p id={id + name}>{text(name)}</p>
          <ul aria-labelledby={id + name}>
            {places.map((place) => (
              <li key={place.at}>
                <Link to={BASE + place.at} aria-current={isOpen(place.at, pathname) ? 'page' : undefined}>
                  {text(place.name)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Nav>
  );
}

const Nav = styled.nav`
  display: flex;
  flex-wrap: wrap;
  gap: 1.2rem 3.2rem;
  margin-bottom: 2.4rem;
  font-size: 1.4rem;
  line-height: 2rem;

  > div {
    flex: 1 0 auto;
    max-width: 100%;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
  }

  /* Two beside two. */
  @media (min-width: 700px) and (max-width: 1100px) {
    > div {
      flex-basis: calc(50% - 1.6rem);
    }
  }

  p {
    margin: 0;
    font-size: 1.1rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.6rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  a {
    display: block;
    padding: 0.4rem 0 0.8rem;
    margin-bottom: -1px;
    border-bottom: 2px solid transparent;
    text-decoration: none;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  a:hover {
    color: ${({ theme }) => theme.colors.neutral800};
    border-bottom-color: ${({ theme }) => theme.colors.neutral300};
  }

  a[aria-current] {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.primary600};
    border-bottom-color: ${({ theme }) => theme.colors.primary600};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
