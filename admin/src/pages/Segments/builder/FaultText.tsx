import { Typography } from '@strapi/design-system';

/** What is wrong with what is above it. */
export function FaultText({ id, children }: { id: string; children: string }) {
  return (
    <Typography id={id} variant="pi" tag="p" textColor="danger600" paddingTop={1}>
      {children}
    </Typography>
  );
}
