import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type {
  SegmentFigures,
  SegmentOptions,
  SegmentRules,
} from '../../../../../server/src/activation/segments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { sentenceOf } from '../sentence';
import { useWords } from '../titles';
import { useCount } from './use-count';

interface CountCardProps {
  rules: SegmentRules;
  /** Some conditions are not complete: they are not in the count. */
  partial: boolean;
  options: SegmentOptions;
}

/** How many the conditions fit as they are now, what they are worth, and what the conditions say in words. */
export function CountCard({ rules, partial, options }: CountCardProps) {
  const text = useText();
  const words = useWords(rules, options.currency);
  const { figures, error, stale, retry } = useCount(rules);
  const asked = rules.rules.length > 0;
  return (
    <Aside as="aside" aria-label={text('clv.segments.count')}>
      <Typography tag="h3" variant="delta">
        {text('clv.segments.count')}
      </Typography>
      <div role="status" aria-busy={asked && stale} style={{ opacity: asked && stale ? 0.8 : 1 }}>
        {!asked ? (
          <p>{text('clv.segments.count.none')}</p>
        ) : figures ? (
          <Figures figures={figures} />
        ) : figures === null ? (
          <p>{text('clv.segments.not-valued')}</p>
        ) : (
          !error && <p>{text('clv.segments.count.asking')}</p>
        )}
      </div>
      {error && asked && <ErrorState title={text('clv.segments.count.failed')} error={error} retry={retry} />}
      {partial && <p>{text('clv.segments.count.partial')}</p>}
      {asked && (
        <div>
          <h4>{text('clv.segments.in-words')}</h4>
          <p dir="auto">{sentenceOf(rules, words)}</p>
        </div>
      )}
    </Aside>
  );
}

function Figures({ figures }: { figures: SegmentFigures }) {
  const text = useText();
  const format = useFormats();
  const { members, population, customers, total, predicted, currency } = figures;
  const facts = [
    [text('clv.segments.fact.customers'), format.integer(customers)],
    [text('clv.segments.fact.total'), members === 0 ? '–' : format.money(total.mean, currency)],
    [text('clv.segments.fact.predicted'), format.money(predicted?.mean ?? null, currency)],
  ];
  return (
    <>
      <p className="figure">
        <b>{format.integer(members)}</b> {text('clv.segments.people', { n: members })}
      </p>
      <p>
        {text('clv.segments.share', {
          share: format.percent(population === 0 ? 0 : members / population),
          population: format.integer(population),
        })}
      </p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const Aside = styled(Card)`
  @media (min-width: 1080px) {
    position: sticky;
    top: 1.6rem;
  }

  p,
  dl {
    margin: 0;
    font-size: 1.4rem;
    line-height: 2rem;
    overflow-wrap: anywhere;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  .figure b {
    font-size: 3.2rem;
    line-height: 4rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  dl {
    padding-top: 1.2rem;
  }

  dl div {
    display: flex;
    justify-content: space-between;
    gap: 1.2rem;
    padding: 0.6rem 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  h4 {
    margin: 0 0 0.4rem;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
