import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { Card } from '../../components/charts/ChartFrame';
import { Movement } from '../../components/Movement';
import { VerdictBadge } from '../../components/VerdictBadge';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { ComparisonSteps } from '../Rankings/ComparisonSteps';
import { verdictReason } from '../Rankings/explain';
import { figuresOf } from '../Rankings/figures';
import { FigureList } from '../Rankings/ItemFigures';
import { ValueBars } from '../Rankings/ValueBars';
import type { RankedProps } from './ItemView';

/** The verdict with its sentence, three comparisons, and every other figure. */
export function VerdictCard({ ranked: { item, snapshot } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  return (
    <Card aria-label={text('clv.column.verdict')}>
      <Flex gap={3} wrap="wrap" alignItems="center">
        <VerdictBadge verdict={item.verdict} />
        <Typography textColor="neutral600">
          {text('clv.panel.position', { position: item.position, items: snapshot.items })}{' '}
          <Movement position={item.position} previous={item.previousPosition} />
        </Typography>
        <Typography textColor="neutral600">
          {text('clv.readers-and-others', { readers: item.exposed, others: item.unexposed })}
        </Typography>
      </Flex>
      <Box maxWidth="80rem">
        <Typography tag="p" textColor="neutral800">
          {verdictReason(item, snapshot, text, format)}
        </Typography>
      </Box>
      <ComparisonSteps item={item} snapshot={snapshot} />
      <Details>
        <summary>{text('clv.item.more-figures')}</summary>
        <Columns>
          <ValueBars item={item} currency={snapshot.currency} />
          <FigureList>
            {figuresOf(item, text, format).map(({ name, value, interval, meaning }) => (
              <div key={name}>
                <dt>{text(name)}</dt>
                <dd>
                  <b>{value}</b>
                  {interval && <span> {text('clv.figure.interval', { interval })}</span>}
                  <p>{meaning}</p>
                </dd>
              </div>
            ))}
          </FigureList>
        </Columns>
      </Details>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('clv.association')}
      </Typography>
    </Card>
  );
}

const Details = styled.details`
  font-size: 1.3rem;
  color: ${({ theme }) => theme.colors.neutral800};

  summary {
    width: fit-content;
    cursor: pointer;
    color: ${({ theme }) => theme.colors.primary600};
  }

  summary:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;

const Columns = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr));
  gap: 2.4rem 3.2rem;
  padding-top: 1.6rem;
`;
