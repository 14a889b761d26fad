import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { LOOK } from '../../components/verdict-look';
import { useFormats } from '../../format';
import { useText, VERDICT_NAME } from '../../text';
import { ComparisonSteps } from './ComparisonSteps';
import { verdictReason } from './explain';
import { figuresOf } from './figures';
import { ValueBars } from './ValueBars';

/** All that is known of one item: the verdict's reason, readers beside others, and each figure with its meaning. */
export function ItemFigures({ item, snapshot }: { item: RankedItem; snapshot: SnapshotHead }) {
  const text = useText();
  const format = useFormats();
  const { tone } = LOOK[item.verdict];
  return (
    <Layout>
      <Box>
        <Typography tag="p" variant="pi" fontWeight="bold" textColor={`${tone}700`}>
          {text(VERDICT_NAME[item.verdict])}
        </Typography>
        <Typography tag="p" textColor="neutral800">
          {verdictReason(item, snapshot, text, format)}
        </Typography>
        <Box paddingTop={5}>
          <ValueBars item={item} currency={snapshot.currency} />
        </Box>
      </Box>
      <Right>
        <ComparisonSteps item={item} snapshot={snapshot} />
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
      </Right>
    </Layout>
  );
}

const Layout = styled.div`
  display: grid;
  gap: 3.2rem;
  padding: 2rem 2.4rem 2.8rem;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(26rem, 1fr) 2.6fr;
  }
`;

const Right = styled.div`
  display: grid;
  gap: 2.4rem;
  align-content: start;
  min-width: 0;
`;

export const FigureList = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(23rem, 1fr));
  gap: 2rem 2.8rem;
  margin: 0;
  font-size: 1.2rem;
  line-height: 1.7rem;
  color: ${({ theme }) => theme.colors.neutral600};

  dt {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  dd {
    margin: 0;
  }

  b {
    font-size: 1.6rem;
    line-height: 2.4rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
