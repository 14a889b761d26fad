import { Box, Flex, Typography } from '@strapi/design-system';
import { Information, WarningCircle } from '@strapi/icons';
import type { ReactNode } from 'react';

export type NoteTone = 'info' | 'warning' | 'danger';

const COLORS = { info: 'secondary', warning: 'warning', danger: 'danger' } as const;

interface NoteProps {
  tone: NoteTone;
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}

/** One thing to know about what the screen shows. */
export function Note({ tone, title, children, action }: NoteProps) {
  const color = COLORS[tone];
  const Icon = tone === 'info' ? Information : WarningCircle;
  return (
    <Flex
      role={tone === 'danger' ? 'alert' : undefined}
      background={`${color}100`}
      borderColor={`${color}200`}
      hasRadius
      paddingTop={3}
      paddingBottom={3}
      paddingLeft={4}
      paddingRight={4}
      gap={3}
      alignItems="flex-start"
      wrap={{ initial: 'wrap', medium: 'nowrap' }}
    >
      <Box paddingTop="2px" shrink={0}>
        <Icon width="1.6rem" height="1.6rem" fill={`${color}600`} aria-hidden />
      </Box>
      <Box flex="1 1 20rem" minWidth={0}>
        {title && (
          <Typography tag="p" fontWeight="bold" textColor="neutral800">
            {title}
          </Typography>
        )}
        <Typography tag="p" textColor={title ? 'neutral700' : 'neutral800'}>
          {children}
        </Typography>
      </Box>
      {action && <Box shrink={0}>{action}</Box>}
    </Flex>
  );
}
