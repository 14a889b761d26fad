import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { TableSkeleton } from '../../../components/Skeleton';
import { useFormats } from '../../../format';
import { useResource } from '../../../resource';
import { useText } from '../../../text';
import { crm } from '../crm-api';
import { CHECK } from '../words';

/** What is wrong with the data of a CRM, how much of it, and what to do; what is right is said too. */
export function QualityView({ id }: { id: string }) {
  const text = useText();
  const format = useFormats();
  const { data, error, reload } = useResource(`crm quality ${id}`, () => crm.quality(id));
  if (error) return <ErrorState title={text('clv.crm.quality.error')} error={error} retry={reload} />;
  if (!data) return <TableSkeleton rows={6} />;
  /** Few of many are not none. */
  const share = (part: number) => (part < 0.001 ? `<${format.percent(0.001)}` : format.percent(part));
  const checks = [...data.checks].sort((a, b) => Number(b.count > 0) - Number(a.count > 0));
  return (
    <Card aria-label={text('clv.crm.quality')}>
      <Typography textColor="neutral700">
        {text('clv.crm.quality.of', { customers: data.customers, orders: data.orders })}
      </Typography>
      <List>
        {checks.map(({ key, count, of, examples }) => (
          <li key={key} data-fine={count === 0}>
            <div>
              <b>
                {format.integer(count)}
                <small>
                  {of > 0 && count > 0 && text('clv.crm.quality.share', { of, share: share(count / of) })}
                </small>
              </b>
            </div>
            <div>
              <h3>
                {count === 0 && <span aria-hidden>✓ </span>}
                {text(CHECK[key].name)}
              </h3>
              {count > 0 && <p>{text(CHECK[key].advice)}</p>}
              {count > 0 && examples.length > 0 && (
                <p>
                  {text('clv.crm.quality.examples')}{' '}
                  {examples.map((example) => (
                    <code key={example}>{example}</code>
                  ))}
                </p>
              )}
            </div>
          </li>
        ))}
      </List>
    </Card>
  );
}

const List = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral700};

  li {
    display: grid;
    gap: 0.4rem 2.4rem;
    padding: 1.6rem 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  ${({ theme }) => theme.breakpoints.medium} {
    li {
      grid-template-columns: 14rem 1fr;
    }
  }

  b {
    font-size: 2rem;
    line-height: 2.4rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    display: block;
    font-size: 1.2rem;
    line-height: 1.8rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  h3 {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  li[data-fine='true'] b,
  li[data-fine='true'] h3 {
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  code {
    margin-inline-end: 0.8rem;
    padding: 0.1rem 0.6rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 3px;
    font-size: 1.2rem;
    overflow-wrap: anywhere;
  }
`;
