import { Button, Flex } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Path } from '../../../../server/src/ranking/journeys/api-types';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { Names } from './names';

interface PathListProps {
  paths: Path[];
  /** Among whom the shares are. */
  customers: number;
  currency: string;
  names: Names;
}

const AT_FIRST = 10;

/** Paths as rows of items one after the other, the most frequent first, each with a bar of its customers. */
export function PathList({ paths, customers, currency, names }: PathListProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(currency);
  const [isWhole, setWhole] = useState(false);
  const most = Math.max(...paths.map((path) => path.customers));
  return (
    <>
      <List>
        {paths.slice(0, isWhole ? undefined : AT_FIRST).map((path) => (
          <li key={path.contentIds.join('-')}>
            <Items>
              {path.contentIds.map((id) => (
                <li key={id} dir="auto" title={names.title(id)}>
                  {names.title(id)}
                </li>
              ))}
              <li className="order">{text('clv.journeys.order')}</li>
            </Items>
            <Facts>
              <span className="bar" aria-hidden>
                <i style={{ width: `${(100 * path.customers) / most}%` }} />
              </span>
              <b>
                {text('clv.population.customers', { n: path.customers })} ·{' '}
                {format.percent(path.customers / customers)}
              </b>
              {isEstimate(path.days.median) && (
                <span>
                  {text('clv.journeys.path.days', {
                    median: words.write(path.days.median.value, 'days'),
                    low: isEstimate(path.days.lowerQuartile)
                      ? format.tenths(path.days.lowerQuartile.value, 0)
                      : '–',
                    high: isEstimate(path.days.upperQuartile)
                      ? format.tenths(path.days.upperQuartile.value, 0)
                      : '–',
                  })}
                </span>
              )}
              {isEstimate(path.value) && (
                <span>
                  {text('clv.journeys.path.value', {
                    value: words.write(path.value.value, 'money'),
                    interval: words.interval(path.value, 'money') ?? '–',
                  })}
                </span>
              )}
            </Facts>
          </li>
        ))}
      </List>
      {paths.length > AT_FIRST && (
        <Flex paddingTop={3}>
          <Button variant="tertiary" size="S" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
            {text(isWhole ? 'clv.journeys.fewer-rows' : 'clv.journeys.all-rows', { n: paths.length })}
          </Button>
        </Flex>
      )}
    </>
  );
}

const List = styled.ol`
  margin: 0;
  padding: 0;
  list-style: none;

  > li {
    padding: 1.2rem 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  > li:first-child {
    border-top: 0;
    padding-top: 0;
  }
`;

const Items = styled.ol`
  display: flex;
  flex-wrap: wrap;
  gap: 0.6rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral800};

  li {
    display: flex;
    align-items: center;
    max-width: 100%;
  }

  li:not(:last-child)::after {
    content: '›';
    padding-inline-start: 0.6rem;
    font-size: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral500};
  }

  .order {
    padding: 0 0.8rem;
    border-radius: 1rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.success700};
    background: ${({ theme }) => theme.colors.success100};
  }
`;

const Facts = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.2rem 1.6rem;
  padding-top: 0.6rem;
  font-size: 1.2rem;
  line-height: 1.6rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral600};

  b {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  .bar {
    flex: none;
    width: 12rem;
    height: 0.8rem;
    border-radius: 2px;
    background: ${({ theme }) => theme.colors.neutral150};
  }

  .bar i {
    display: block;
    height: 100%;
    border-radius: 2px;
    background: ${({ theme }) => theme.colors.primary600};
  }
`;
