import { Box, Button, LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { RankingPage } from '../../../../server/src/ranking/api-types';
import { api } from '../../api';
import { Snippet } from '../../components/Snippet';
import { type Step, Steps } from '../../components/Steps';
import { useFormats } from '../../format';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useResource } from '../../resource';
import { CONFIG_SNIPPET, IDENTIFY_SNIPPET, trackerSnippet } from '../../snippets';
import { useText } from '../../text';

const COUNTED = 1000;

/** What is still to do before there is a ranking; the first step that is not done is open. */
export function SetupSteps({ data, onRun }: { data: RankingPage['data']; onRun: () => void }) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { data: status } = useResource(allowed.settings ? 'tracking' : null, api.trackingStatus);
  /** Before the first run the server counts no further than this. */
  const count = (n: number) => ({
    n,
    count: n < COUNTED ? format.integer(n) : `${format.integer(COUNTED)}+`,
  });
  const steps: Step[] = [
    {
      name: text('clv.setup.contents'),
      done: data.contents > 0,
      found: text('clv.setup.contents.found', count(data.contents)),
      what: text('clv.setup.contents.what'),
      how: <Snippet code={CONFIG_SNIPPET} label={text('clv.setup.contents')} />,
    },
    {
      name: text('clv.setup.touches'),
      done: data.touches > 0,
      found: text('clv.setup.touches.found', count(data.touches)),
      what: text('clv.setup.touches.what'),
      how: <Snippet code={status?.snippet ?? trackerSnippet()} label={text('clv.setup.touches')} />,
    },
    {
      name: text('clv.setup.identify'),
      done: data.identifiedVisitors > 0,
      found: text('clv.setup.identify.found', count(data.identifiedVisitors)),
      what: text('clv.setup.identify.what'),
      how: <Snippet code={IDENTIFY_SNIPPET} label={text('clv.setup.identify')} />,
    },
    {
      name: text('clv.setup.orders'),
      done: data.orders > 0,
      found: text('clv.setup.orders.found', count(data.orders)),
      what: text(allowed.import ? 'clv.setup.orders.what' : 'clv.setup.orders.ask'),
      how: allowed.import && (
        <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}/import`} size="S" endIcon={<ArrowRight />}>
          {text('clv.setup.orders.go')}
        </LinkButton>
      ),
    },
    {
      name: text('clv.setup.run'),
      done: false,
      found: '',
      what: text(allowed.run ? 'clv.setup.run.what' : 'clv.setup.run.ask'),
      how: allowed.run && (
        <Button size="S" onClick={onRun}>
          {text('clv.run.start')}
        </Button>
      ),
    },
  ];

  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 8 }}>
      <Typography variant="beta" tag="h2">
        {text('clv.setup.title')}
      </Typography>
      <Box paddingTop={1} paddingBottom={6} maxWidth="64rem">
        <Typography textColor="neutral600">{text('clv.setup.intro')}</Typography>
      </Box>
      <Steps steps={steps} />
    </Box>
  );
}
