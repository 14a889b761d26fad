import { Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { StartStep, StartStepKey } from '../../../server/src/activation/start/api-types';
import { api } from '../api';
import { Snippet } from '../components/Snippet';
import type { Step } from '../components/Steps';
import { useFormats } from '../format';
import { PLUGIN_ID, useAllowed } from '../plugin';
import { useResource } from '../resource';
import type { Run } from '../run';
import { CONFIG_SNIPPET, IDENTIFY_SNIPPET, RECOMMENDATIONS_SNIPPET, trackerSnippet } from '../snippets';
import { type MessageId, useText } from '../text';

/** The server counts no further. */
const COUNTED = 1000;

interface Words {
  name: MessageId;
  what: MessageId;
  /** How many there are, once it is done. */
  found?: MessageId;
  how: ReactNode;
}

interface Runs {
  rank: Pick<Run, 'start' | 'active'>;
  fit: Pick<Run, 'start' | 'active'>;
}

const to = (at: string, name: string, variant: 'default' | 'tertiary' = 'default') => (
  <LinkButton
    tag={Link}
    to={`/plugins/${PLUGIN_ID}${at}`}
    size="S"
    variant={variant}
    endIcon={<ArrowRight />}
  >
    {name}
  </LinkButton>
);

const begin = (name: string, run: Pick<Run, 'start' | 'active'>) => (
  <Button size="S" onClick={run.start} disabled={run.active}>
    {name}
  </Button>
);

/** What each step is called, what it takes and what is there already, in words, with its button or what to paste. */
export function useSteps(steps: StartStep[], { rank, fit }: Runs): Step[] {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { data: status } = useResource(allowed.settings ? 'tracking' : null, api.trackingStatus);

  const words: Record<StartStepKey, Words> = {
    contents: {
      name: 'clv.setup.contents',
      what: 'clv.setup.contents.what',
      found: 'clv.setup.contents.found',
      how: <Snippet code={CONFIG_SNIPPET} label={text('clv.setup.contents')} />,
    },
    touches: {
      name: 'clv.setup.touches',
      what: 'clv.setup.touches.what',
      found: 'clv.setup.touches.found',
      how: <Snippet code={status?.snippet ?? trackerSnippet()} label={text('clv.setup.touches')} />,
    },
    identified: {
      name: 'clv.setup.identify',
      what: 'clv.setup.identify.what',
      found: 'clv.setup.identify.found',
      how: <Snippet code={IDENTIFY_SNIPPET} label={text('clv.setup.identify')} />,
    },
    orders: {
      name: 'clv.setup.orders',
      what: allowed.import ? 'clv.setup.orders.what' : 'clv.setup.orders.ask',
      found: 'clv.setup.orders.found',
      how: (allowed.import || allowed.crmManage) && (
        <Flex gap={2} wrap="wrap">
          {allowed.import && to('/import', text('clv.setup.orders.go'))}
          {allowed.crmManage && to('/crm/new', text('clv.crm.connect'), 'tertiary')}
        </Flex>
      ),
    },
    value: {
      name: 'clv.start.value',
      what: allowed.fit ? 'clv.start.value.what' : 'clv.start.value.ask',
      how: allowed.fit && begin(text('clv.fit.start'), fit),
    },
    ranking: {
      name: 'clv.setup.run',
      what: allowed.run ? 'clv.setup.run.what' : 'clv.setup.run.ask',
      how: allowed.run && begin(text('clv.run.start'), rank),
    },
    recommended: {
      name: 'clv.start.recommended',
      what: 'clv.start.recommended.what',
      how: <Snippet code={RECOMMENDATIONS_SNIPPET} label={text('clv.start.recommended')} />,
    },
    segment: {
      name: 'clv.start.segment',
      what: 'clv.start.segment.what',
      how: allowed.activation && to('/segments', text('clv.start.segment.go')),
    },
  };

  return steps.map(({ key, done, optional, count, lastAt }) => {
    const { name, what, found, how } = words[key];
    const counted =
      found && count !== null
        ? text(found, {
            n: count,
            count: count < COUNTED ? format.integer(count) : `${format.integer(COUNTED)}+`,
          })
        : '';
    const ago = lastAt === null ? '' : format.ago(lastAt);
    return {
      name: text(name),
      what: text(what),
      how,
      done,
      optional,
      found: counted && ago ? text('clv.start.found.last', { found: counted, ago }) : counted || capital(ago),
    };
  });
}

/** "3 minutes ago" where a sentence would begin. */
const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);
