import { Box, Flex, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { PLUGIN_ID, useAllowed } from '../plugin';
import { useText } from '../text';

interface PluginPageProps {
  title: string;
  subtitle: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page of the plugin: its name, what can be done, and the way to the other pages. */
export function PluginPage({ title, subtitle, actions, children }: PluginPageProps) {
  const text = useText();
  const allowed = useAllowed();
  const base = `/plugins/${PLUGIN_ID}`;
  const pages = [
    { to: base, label: text('clv.nav.rankings'), shown: allowed.read },
    { to: `${base}/advice`, label: text('clv.nav.advice'), shown: allowed.read },
    { to: `${base}/journeys`, label: text('clv.nav.journeys'), shown: allowed.read },
    { to: `${base}/attribution`, label: text('clv.nav.attribution'), shown: allowed.read },
    { to: `${base}/value`, label: text('clv.nav.value'), shown: allowed.value },
    { to: `${base}/model`, label: text('clv.nav.model'), shown: allowed.value },
    { to: `${base}/customers`, label: text('clv.nav.customers'), shown: allowed.customers },
    { to: `${base}/segments`, label: text('clv.nav.segments'), shown: allowed.activation },
    { to: `${base}/triggers`, label: text('clv.nav.triggers'), shown: allowed.activation },
    { to: `${base}/experiments`, label: text('clv.nav.experiments'), shown: allowed.activation },
    { to: `${base}/import`, label: text('clv.nav.import'), shown: allowed.import },
    { to: `${base}/crm`, label: text('clv.nav.crm'), shown: allowed.crm },
    { to: `${base}/settings`, label: text('clv.nav.settings'), shown: allowed.settings },
  ].filter((page) => page.shown);

  return (
    <Layouts.Root>
      <Page.Title>{`${title} | ${text('clv.name')}`}</Page.Title>
      <Page.Main>
        <Layouts.BaseHeader
          title={text('clv.name')}
          subtitle={
            <Typography tag="p" textColor="neutral600">
              {subtitle}
            </Typography>
          }
          primaryAction={actions}
        />
        <Layouts.Content>
          {pages.length > 1 && (
            <Nav aria-label={text('clv.name')}>
              {pages.map(({ to, label }) => (
                <NavLink key={to} to={to} end={to === base}>
                  {label}
                </NavLink>
              ))}
            </Nav>
          )}
          <Flex direction="column" alignItems="stretch" gap={4} paddingBottom={8}>
            <Box tag="h2" style={VISUALLY_HIDDEN}>
              {title}
            </Box>
            {children}
          </Flex>
        </Layouts.Content>
      </Page.Main>
    </Layouts.Root>
  );
}

/** The open page's name, for whoever goes by headings; the eye has the navigation above. */
const VISUALLY_HIDDEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

const Nav = styled.nav`
  display: flex;
  gap: 2.4rem;
  margin-bottom: 2.4rem;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
  overflow-x: auto;
  overflow-y: hidden;

  a {
    padding: 0.8rem 0.2rem 1.2rem;
    margin-bottom: -1px;
    border-bottom: 2px solid transparent;
    font-size: 1.4rem;
    line-height: 2rem;
    text-decoration: none;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  a:hover {
    color: ${({ theme }) => theme.colors.neutral800};
  }

  a.active {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.primary600};
    border-bottom-color: ${({ theme }) => theme.colors.primary600};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
