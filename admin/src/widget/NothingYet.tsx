import { Box, Flex, LinkButton } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Widget } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { PLUGIN_ID } from '../plugin';
import { useText } from '../text';

/** Before the first run: where the way there begins. */
export function NothingYet() {
  const text = useText();
  return (
    <Flex height="100%" direction="column" justifyContent="center" gap={4}>
      {/* Strapi's piece would take the whole height for itself. */}
      <Box>
        <Widget.NoData>{text('clv.widget.nothing')}</Widget.NoData>
      </Box>
      <LinkButton
        tag={Link}
        to={`/plugins/${PLUGIN_ID}`}
        size="S"
        variant="tertiary"
        endIcon={<ArrowRight />}
      >
        {text('clv.widget.begin')}
      </LinkButton>
    </Flex>
  );
}
