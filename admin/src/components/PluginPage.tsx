import { Box, Flex, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
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
