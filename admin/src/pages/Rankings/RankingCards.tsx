import { Box, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useId, useState } from 'react';
import { styled } from 'styled-components';
import type { RankingSort } from '../../../../server/src/ranking/api-types';
import { Axis, LABEL_WIDTH, LabelledInterval } from '../../components/IntervalBar';
import { Movement } from '../../components/Movement';
import { VerdictBadge } from '../../components/VerdictBadge';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { ExpandButton } from './ExpandButton';
import { shortfall, verdictReason } from './explain';
import { ItemFigures } from './ItemFigures';
import { ItemTitle } from './ItemTitle';
import { Pick } from './Picks';
import type { ItemProps, RankingListProps } from './RankingTable';

const SORTS: [RankingSort, 'asc' | 'desc', MessageId][] = [
  ['position', 'asc', 'clv.sort.position'],
  ['excess', 'desc', 'clv.sort.excess'],
  ['exposed', 'desc', 'clv.sort.readers'],
  ['qValue', 'asc', 'clv.sort.q'],
  ['score', 'desc', 'clv.sort.score'],
  ['title', 'asc', 'clv.sort.title'],
];

/** The ranking for narrow windows: one item a card. */
export function RankingCards({ items, query, change, ...shared }: RankingListProps) {
  const text = useText();
  const markNew = items.some(({ previousPosition }) => previousPosition !== null);
  const { measure, scale } = shared;
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius>
      <Box padding={4}>
        <SingleSelect
          size="S"
          aria-label={text('clv.sort.label')}
          value={query.sort}
          onChange={(chosen) => {
            const [sort, direction] = SORTS.find(([name]) => name === chosen) ?? SORTS[0]!;
            change({ sort, direction });
          }}
        >
          {SORTS.map(([sort, , label]) => (
            <SingleSelectOption key={sort} value={sort}>
              {text(label)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Box paddingTop={4} paddingRight={LABEL_WIDTH}>
          <Typography variant="pi" textColor="neutral600">
            {text(measure.name)}
          </Typography>
          <Axis scale={scale} measure={measure} sparse />
        </Box>
      </Box>
      <List>
        {items.map((item) => (
          <Card key={item.contentId} item={item} markNew={markNew} {...shared} />
        ))}
      </List>
    </Box>
  );
}

function Card({ item, snapshot, measure, scale, markNew, picks }: ItemProps) {
  const text = useText();
  const format = useFormats();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const interval = measure.of(item);
  return (
    <li>
      <Flex gap={3} alignItems="flex-start" padding={4} paddingBottom={2}>
        <Flex direction="column" width="3.2rem" shrink={0}>
          <Typography fontWeight="bold">{format.integer(item.position)}</Typography>
          <Movement position={item.position} previous={item.previousPosition} markNew={markNew} />
          <Box paddingTop={2}>
            <Pick item={item} picks={picks} />
          </Box>
        </Flex>
        <Box flex="1" minWidth={0}>
          <ItemTitle item={item} landmark={snapshot.landmark} />
        </Box>
        <ExpandButton open={open} onToggle={() => setOpen(!open)} controls={detailsId} title={item.title} />
      </Flex>
      <Box paddingLeft={4} paddingRight={4} paddingBottom={4}>
        {interval.value === null ? (
          <Typography textColor="neutral600">{shortfall(item, snapshot, text)}</Typography>
        ) : (
          <LabelledInterval interval={interval} verdict={item.verdict} scale={scale} measure={measure} />
        )}
        <Flex gap={3} wrap="wrap" paddingTop={2}>
          <VerdictBadge verdict={item.verdict} because={verdictReason(item, snapshot, text, format)} />
          <Typography variant="pi" textColor="neutral600">
            {text('clv.readers-and-others', { readers: item.exposed, others: item.unexposed })}
          </Typography>
        </Flex>
      </Box>
      {open && (
        <Box id={detailsId} background="neutral100">
          <ItemFigures item={item} snapshot={snapshot} />
        </Box>
      )}
    </li>
  );
}

const List = styled.ol`
  margin: 0;
  padding: 0;
  list-style: none;

  li {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;
