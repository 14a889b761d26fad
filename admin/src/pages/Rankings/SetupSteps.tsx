import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight, Check } from '@strapi/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { RankingPage } from '../../../../server/src/ranking/api-types';
import { api } from '../../api';
import { Snippet } from '../../components/Snippet';
import { useFormats } from '../../format';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useResource } from '../../resource';
import { CONFIG_SNIPPET, IDENTIFY_SNIPPET, trackerSnippet } from '../../snippets';
import { useText } from '../../text';

const COUNTED = 1000;

interface Step {
  name: string;
  done: boolean;
  /** What is there already, once it is done. */
  found: string;
  what: string;
  how: ReactNode;
}

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
  const current = steps.findIndex((step) => !step.done);

  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 8 }}>
      <Typography variant="beta" tag="h2">
        {text('clv.setup.title')}
      </Typography>
      <Box paddingTop={1} paddingBottom={6} maxWidth="64rem">
        <Typography textColor="neutral600">{text('clv.setup.intro')}</Typography>
      </Box>
      <List>
        {steps.map(({ name, done, found, what, how }, index) => (
          <li key={name} aria-current={index === current ? 'step' : undefined}>
            <Disc $done={done} $current={index === current} aria-hidden>
              {done ? <Check width="1.2rem" height="1.2rem" fill="currentColor" /> : index + 1}
            </Disc>
            <Box minWidth={0} flex="1">
              <Flex gap={2} wrap="wrap" minHeight="2.8rem">
                <Typography
                  tag="h3"
                  fontWeight="bold"
                  textColor={index === current ? 'neutral800' : 'neutral600'}
                >
                  {name}
                </Typography>
                {done && (
                  <Typography variant="pi" textColor="success700">
                    {found}
                  </Typography>
                )}
              </Flex>
              {index === current && (
                <Flex direction="column" alignItems="stretch" gap={3} paddingTop={1}>
                  <Typography textColor="neutral700">{what}</Typography>
                  <Box>{how}</Box>
                </Flex>
              )}
            </Box>
          </li>
        ))}
      </List>
    </Box>
  );
}

const List = styled.ol`
  margin: 0;
  padding: 0;
  list-style: none;
  max-width: 80rem;

  li {
    position: relative;
    display: flex;
    gap: 1.6rem;
    padding-bottom: 2rem;
  }

  li:not(:last-child)::before {
    content: '';
    position: absolute;
    left: 1.4rem;
    top: 2.8rem;
    bottom: 0;
    width: 1px;
    background: ${({ theme }) => theme.colors.neutral200};
  }
`;

const Disc = styled.span<{ $done: boolean; $current: boolean }>`
  flex: none;
  display: flex;
  align-items: center;
  justify-content: center;
  width: 2.8rem;
  height: 2.8rem;
  border-radius: 50%;
  font-size: 1.3rem;
  font-weight: 600;
  color: ${({ theme, $done, $current }) =>
    $done ? theme.colors.success700 : $current ? theme.colors.buttonNeutral0 : theme.colors.neutral600};
  background: ${({ theme, $done, $current }) =>
    $done ? theme.colors.success100 : $current ? theme.colors.buttonPrimary600 : theme.colors.neutral150};
`;
