import { Box, Flex, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { PLUGIN_ID, useAllowed } from '../plugin';
import { useText } from '../text';
import { Navigation } from './Navigation';

interface PluginPageProps {
  title: string;
  subtitle: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page of the plugin: its name, what can be done, and the way to the other pages. */
export function PluginPage({ title, subtitle, actions, children }: PluginPageProps) {
  const text = useText();

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
          <Navigation />
          <Flex direction="column" alignItems="stretch" gap={4} paddingBottom={8}>
            <Box tag="h2" style={VISUALLY_HIDDEN}>
              {title}
            </Box>
            {children}
            <FirstSteps />
          </Flex>
        </Layouts.Content>
      </Page.Main>
    </Layouts.Root>
  );
}

/** The way back to the first steps, from wherever somebody wonders what is missing. */
function FirstSteps() {
  const text = useText();
  const allowed = useAllowed();
  if (!allowed.read && !allowed.value && !allowed.import && !allowed.settings) return null;
  return (
    <Foot>
      <Link to={`/plugins/${PLUGIN_ID}/start`}>{text('clv.start')}</Link>
    </Foot>
  );
}

const Foot = styled.p`
  margin: 1.6rem 0 0;
  font-size: 1.2rem;
  line-height: 1.6rem;

  a {
    color: ${({ theme }) => theme.colors.neutral600};
  }

  a:hover {
    color: ${({ theme }) => theme.colors.primary600};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }

  @media print {
    display: none;
  }
`;

/** The open page's name, for whoever goes by headings; the eye has the navigation above. */
const VISUALLY_HIDDEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;
