import { Flex, LinkButton, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAllowed } from '../../../plugin';
import { useText } from '../../../text';
import { IMPORT } from './words';

/** Before there are any: what costs are for, and the two ways to bring them. */
export function NoCosts({ add }: { add: ReactNode }) {
  const text = useText();
  const allowed = useAllowed();
  return (
    <Flex direction="column" alignItems="flex-start" gap={4} maxWidth="72rem">
      <Typography textColor="neutral700">{text('clv.settings.costs.empty')}</Typography>
      <Typography textColor="neutral700">{text('clv.settings.costs.empty.names')}</Typography>
      {add || allowed.import ? (
        <Flex gap={2} wrap="wrap">
          {add}
          {allowed.import && (
            <LinkButton tag={Link} to={IMPORT} size="S" variant="tertiary">
              {text('clv.settings.costs.many')}
            </LinkButton>
          )}
        </Flex>
      ) : (
        <Typography textColor="neutral600">{text('clv.settings.costs.read-only')}</Typography>
      )}
    </Flex>
  );
}
