import { Box, Button, LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { ValuePage } from '../../../../server/src/clv/api-types';
import { type Step, Steps } from '../../components/Steps';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useText } from '../../text';

/** What is there before the first run, and what to do next: orders are needed, the rest sharpens the figures. */
export function ValueSetup({ data, onFit }: { data: ValuePage['data']; onFit: () => void }) {
  const text = useText();
  const allowed = useAllowed();
  const importLink = (variant: 'default' | 'tertiary') =>
    allowed.import && (
      <LinkButton
        tag={Link}
        to={`/plugins/${PLUGIN_ID}/import`}
        size="S"
        variant={variant}
        endIcon={<ArrowRight />}
      >
        {text('clv.setup.orders.go')}
      </LinkButton>
    );
  const costsLink = allowed.settings ? (
    <LinkButton
      tag={Link}
      to={`/plugins/${PLUGIN_ID}/settings?show=costs`}
      size="S"
      variant="tertiary"
      endIcon={<ArrowRight />}
    >
      {text('clv.begin.costs.go')}
    </LinkButton>
  ) : (
    importLink('tertiary')
  );
  const count = (n: number) => ({ n });
  const steps: Step[] = [
    {
      name: text('clv.begin.orders'),
      done: data.orders > 0,
      found: text('clv.begin.orders.found', count(data.orders)),
      what: text(allowed.import ? 'clv.begin.orders.what' : 'clv.setup.orders.ask'),
      how: importLink('default'),
    },
    {
      name: text('clv.begin.costs'),
      done: data.costs > 0,
      found: text('clv.begin.costs.found', count(data.costs)),
      what: text('clv.begin.costs.what'),
      how: costsLink,
      optional: true,
    },
    {
      name: text('clv.begin.subscriptions'),
      done: data.subscriptions > 0,
      found: text('clv.begin.subscriptions.found', count(data.subscriptions)),
      what: text('clv.begin.subscriptions.what'),
      how: importLink('tertiary'),
      optional: true,
    },
    {
      name: text('clv.begin.readers'),
      done: data.identifiedVisitors > 0,
      found: text('clv.setup.identify.found', {
        n: data.identifiedVisitors,
        count: String(data.identifiedVisitors),
      }),
      what: text('clv.begin.readers.what'),
      how: null,
      optional: true,
    },
    {
      name: text('clv.begin.fit'),
      done: false,
      found: '',
      what: text(allowed.fit ? 'clv.begin.fit.what' : 'clv.begin.fit.ask'),
      how: allowed.fit && (
        <Button size="S" onClick={onFit}>
          {text('clv.fit.start')}
        </Button>
      ),
    },
  ];
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 8 }}>
      <Typography variant="beta" tag="h2">
        {text('clv.begin.title')}
      </Typography>
      <Box paddingTop={1} paddingBottom={6} maxWidth="64rem">
        <Typography textColor="neutral600">{text('clv.begin.intro')}</Typography>
      </Box>
      <Steps steps={steps} />
    </Box>
  );
}
