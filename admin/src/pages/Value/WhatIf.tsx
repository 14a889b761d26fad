import { Box, Button, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { GroupBy, ValueReport, WhatIfInput } from '../../../../server/src/clv/api-types';
import { api } from '../../api';
import { Card } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { GROUP_NAME, groupName } from './groups';
import { LeverInput } from './Lever';
import type { SectionProps } from './ReportView';
import { targetRatio } from './target';
import { WhatIfAnswer } from './WhatIfAnswer';
import { isChanged, LEVERS, MOST_REACH, NOTHING_CHANGED } from './what-if';

const EVERYONE = '*';
const NO_ITEM = '*';
const ITEMS_OFFERED = 100;

/** Turn a figure, and see what CLV and CLV:CAC would be. */
export function WhatIf({ run, report }: SectionProps) {
  const text = useText();
  const [input, setInput] = useState<WhatIfInput>(NOTHING_CHANGED);
  const change = (changed: Partial<WhatIfInput>) => setInput((now) => ({ ...now, ...changed }));
  return (
    <Card aria-label={text('clv.what-if.title')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.what-if.title')}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {text('clv.what-if.intro')}
        </Typography>
      </div>
      <Halves>
        <div>
          <ScopeChoice groups={report.groups} input={input} change={change} />
          <Box paddingTop={2}>
            {LEVERS.map(({ key, name, from, to }) => (
              <LeverInput
                key={key}
                label={text(name)}
                value={Math.round(input[key] * 100)}
                from={from}
                to={to}
                unit="%"
                onChange={(percent) => change({ [key]: percent / 100 })}
              />
            ))}
          </Box>
          <ItemReach input={input} change={change} />
          <Button
            variant="tertiary"
            size="S"
            disabled={!isChanged(input)}
            onClick={() => setInput({ ...NOTHING_CHANGED, scope: input.scope })}
          >
            {text('clv.what-if.reset')}
          </Button>
        </div>
        <WhatIfAnswer input={input} currency={run.currency} target={targetRatio(report)} />
      </Halves>
    </Card>
  );
}

interface PartProps {
  input: WhatIfInput;
  change: (changed: Partial<WhatIfInput>) => void;
}

function ScopeChoice({ groups, input, change }: PartProps & { groups: ValueReport['groups'] }) {
  const text = useText();
  const format = useFormats();
  const scopes = (['channel', 'segment', 'tier', 'productLine'] as GroupBy[]).flatMap((by) =>
    groups[by].map(({ group }) => ({ by, group })),
  );
  const { scope } = input;
  return (
    <SingleSelect
      size="S"
      aria-label={text('clv.what-if.scope')}
      value={scope ? JSON.stringify([scope.by, scope.group]) : EVERYONE}
      onChange={(value) => {
        if (value === EVERYONE) return change({ scope: null });
        const [by, group] = JSON.parse(String(value)) as [GroupBy, string];
        change({ scope: { by, group } });
      }}
    >
      <SingleSelectOption value={EVERYONE}>{text('clv.what-if.everyone')}</SingleSelectOption>
      {scopes.map(({ by, group }) => (
        <SingleSelectOption key={`${by} ${group}`} value={JSON.stringify([by, group])}>
          {`${text(GROUP_NAME[by])}: ${groupName(by, group, text, format)}`}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

/** Which item more people would read. Only for those who may see the ranking, where the items are. */
function ItemReach({ input, change }: PartProps) {
  const text = useText();
  const allowed = useAllowed();
  const { data } = useResource(allowed.read ? 'what-if items' : null, () =>
    api.rankings({ pageSize: ITEMS_OFFERED, page: 1 }),
  );
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  const { item } = input;
  return (
    <Box paddingTop={3} paddingBottom={4}>
      <SingleSelect
        size="S"
        aria-label={text('clv.what-if.item')}
        value={item ? String(item.contentId) : NO_ITEM}
        onChange={(value) =>
          change({
            item: value === NO_ITEM ? null : { contentId: Number(value), reach: item?.reach || 0.1 },
          })
        }
      >
        <SingleSelectOption value={NO_ITEM}>{text('clv.what-if.no-item')}</SingleSelectOption>
        {items.map(({ contentId, title }) => (
          <SingleSelectOption key={contentId} value={String(contentId)}>
            {title}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      {item && (
        <Flex direction="column" alignItems="stretch" paddingTop={2}>
          <LeverInput
            label={text('clv.what-if.reach')}
            value={Math.round(item.reach * 100)}
            from={0}
            to={MOST_REACH}
            unit={text('clv.what-if.points')}
            onChange={(points) => change({ item: { ...item, reach: points / 100 } })}
          />
        </Flex>
      )}
    </Box>
  );
}

const Halves = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(38rem, 100%), 1fr));
  gap: 2.4rem 4rem;
`;
