import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { Card } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { type Compared, type Pair, pairsOf } from './pairs';

function wordsFor({ low, high }: Pair): MessageId {
  if (low > 0) return 'clv.pair.above';
  return high < 0 ? 'clv.pair.below' : 'clv.pair.alike';
}

/** Which of two items exceeds the other, for every two: in words, with the figure. */
export function PairList({ items }: { items: Compared[] }) {
  const text = useText();
  const format = useFormats();
  const pairs = pairsOf(items);
  return (
    <Card aria-label={text('clv.pair.title')}>
      <Typography tag="h3" variant="delta">
        {text('clv.pair.title')}
      </Typography>
      {pairs.length === 0 ? (
        <Typography textColor="neutral700">{text('clv.pair.none')}</Typography>
      ) : (
        <List>
          {pairs.map((pair) => {
            const { first, second, value, low, high } = pair;
            return (
              <li key={`${first.item.contentId}-${second.item.contentId}`}>
                {text(wordsFor(pair), { first: first.item.title, second: second.item.title })}{' '}
                <span>
                  {text('clv.pair.figure', {
                    figure: format.share(value),
                    low: format.share(low, value),
                    high: format.share(high, value),
                  })}
                </span>
              </li>
            );
          })}
        </List>
      )}
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('clv.pair.note')}
      </Typography>
    </Card>
  );
}

const List = styled.ul`
  display: grid;
  gap: 0.8rem;
  max-width: 90rem;
  margin: 0;
  padding-inline-start: 2rem;
  list-style: disc;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral800};

  span {
    white-space: nowrap;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  @media (max-width: 600px) {
    span {
      white-space: normal;
    }
  }
`;
