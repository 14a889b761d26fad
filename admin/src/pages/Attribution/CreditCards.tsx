import { Box, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useId, useState } from 'react';
import { styled } from 'styled-components';
import type { AttributedItem, AttributionModel } from '../../../../server/src/ranking/attribution/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { ExpandButton } from '../Rankings/ExpandButton';
import { ItemTitle } from '../Rankings/ItemTitle';
import { Credit } from './Credit';
import { type CreditListProps, largestCredit } from './CreditTable';
import { MODEL_NAME } from './model-words';
import { MODELS } from './query';

/** The items for narrow windows: the credit by the chosen model, and by all of them on demand. */
export function CreditCards({ items, report, chosen, query, change }: CreditListProps) {
  const text = useText();
  const format = useFormats();
  const largest = largestCredit(report);
  const sorts = [chosen, 'orders', 'title'] as const;
  const name = (sort: (typeof sorts)[number]) =>
    sort === 'orders'
      ? text('clv.column.orders')
      : sort === 'title'
        ? text('clv.attribution.item')
        : text(MODEL_NAME[sort]);
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius>
      <Box padding={4}>
        <SingleSelect
          size="S"
          aria-label={text('clv.sort.label')}
          value={sorts.find((sort) => sort === query.sort) ?? chosen}
          onChange={(value) => {
            const sort = sorts.find((known) => known === value) ?? chosen;
            change({ sort, direction: sort === 'title' ? 'asc' : 'desc' });
          }}
        >
          {sorts.map((sort) => (
            <SingleSelectOption key={sort} value={sort}>
              {name(sort)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Box>
      <List>
        {items.map((item) => (
          <Card
            key={item.contentId}
            item={item}
            chosen={chosen}
            currency={report.currency}
            largest={largest}
          />
        ))}
      </List>
      <Box padding={4} borderColor="neutral150" borderWidth="1px 0 0">
        <Flex justifyContent="space-between" gap={3}>
          <Typography fontWeight="bold">{text('clv.attribution.all', { n: report.items })}</Typography>
          <Typography fontWeight="bold">
            {format.money(report.totals.revenueWithContent, report.currency, largest)}
          </Typography>
        </Flex>
      </Box>
    </Box>
  );
}

interface CardProps {
  item: AttributedItem;
  chosen: AttributionModel;
  currency: string;
  largest: number;
}

function Card({ item, chosen, currency, largest }: CardProps) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <li>
      <Flex gap={3} alignItems="flex-start" padding={4} paddingBottom={2}>
        <Box flex="1" minWidth={0}>
          <ItemTitle item={item} />
        </Box>
        <ExpandButton open={open} onToggle={() => setOpen(!open)} controls={detailsId} title={item.title} />
      </Flex>
      <Box paddingLeft={4} paddingRight={4} paddingBottom={4}>
        <Line>
          <span>{text('clv.attribution.by', { model: text(MODEL_NAME[chosen]) })}</span>
          <b>
            <Credit credit={item.credits[chosen]} currency={currency} largest={largest} />
          </b>
        </Line>
        <Typography variant="pi" textColor="neutral600">
          {text('clv.attribution.on-journeys', { n: item.orders })}
        </Typography>
      </Box>
      {open && (
        <Box id={detailsId} background="neutral100" padding={4}>
          {MODELS.map((model) => (
            <Line key={model}>
              <span>{text(MODEL_NAME[model])}</span>
              <span>
                <Credit credit={item.credits[model]} currency={currency} largest={largest} />
              </span>
            </Line>
          ))}
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

const Line = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(12rem, 45%);
  gap: 1.2rem;
  align-items: start;
  padding: 0.4rem 0;
  font-size: 1.3rem;
  line-height: 1.8rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral800};

  > :last-child {
    text-align: end;
  }

  b {
    font-weight: 600;
  }
`;
