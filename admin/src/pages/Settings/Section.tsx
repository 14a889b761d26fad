import { Box, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';

interface SectionProps {
  heading: 'h2' | 'h3';
  title: string;
  what?: string;
  children: ReactNode;
}

/** A card of the page, with its heading and a sentence on it. */
export function Section({ heading, title, what, children }: SectionProps) {
  return (
    <Box
      tag="section"
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      padding={{ initial: 4, medium: 6 }}
    >
      <Typography variant="delta" fontWeight="bold" tag={heading}>
        {title}
      </Typography>
      {what && (
        <Typography tag="p" textColor="neutral600">
          {what}
        </Typography>
      )}
      <Box paddingTop={4}>{children}</Box>
    </Box>
  );
}
