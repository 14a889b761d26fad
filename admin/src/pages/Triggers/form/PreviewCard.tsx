import { Typography } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { styled } from 'styled-components';
import type { TriggerInput } from '../../../../../server/src/activation/triggers/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { Snippet } from '../../../components/Snippet';
import { useFormats } from '../../../format';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { triggers } from '../triggers-api';

const TYPING_MS = 400;
const FRESH_MS = 30_000;

/** Whom a trigger is about today, asked when the typing pauses, and the message as it would look. */
export function PreviewCard({ input, valued }: { input: TriggerInput | null; valued: boolean }) {
  const text = useText();
  const format = useFormats();
  const now = input && JSON.stringify({ ...input, name: input.name || text('clv.triggers.unnamed') });
  const [asked, setAsked] = useState(now);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(now), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [now]);
  const { data, error, loading, reload } = useResource(
    asked === null ? null : `trigger preview ${asked}`,
    () => triggers.preview(JSON.parse(asked ?? '')),
    FRESH_MS,
  );
  const preview = useLast(data);
  const stale = now !== asked || loading;
  return (
    <Aside as="aside" aria-label={text('clv.triggers.preview')}>
      <Typography tag="h3" variant="delta">
        {text('clv.triggers.preview')}
      </Typography>
      <div role="status" aria-busy={now !== null && stale} style={{ opacity: now && stale ? 0.8 : 1 }}>
        {now === null ? (
          <p>{text('clv.triggers.preview.none')}</p>
        ) : !valued ? (
          <p>{text('clv.triggers.not-valued')}</p>
        ) : preview ? (
          <>
            <p className="figure">
              <b>{format.integer(preview.there)}</b>{' '}
              {text('clv.triggers.preview.of', { population: preview.population })}
            </p>
            <p>{text('clv.triggers.preview.there', { n: preview.there })}</p>
          </>
        ) : (
          !error && <p>{text('clv.segments.count.asking')}</p>
        )}
      </div>
      {error && now && (
        <ErrorState title={text('clv.triggers.preview.failed')} error={error} retry={reload} />
      )}
      {preview && now && (
        <details>
          <summary>{text('clv.triggers.example')}</summary>
          <Snippet label={text('clv.triggers.example')} code={JSON.stringify(preview.example, null, 2)} />
        </details>
      )}
    </Aside>
  );
}

const Aside = styled(Card)`
  @media (min-width: 1080px) {
    position: sticky;
    top: 1.6rem;
  }

  p {
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

  summary {
    margin-bottom: 0.8rem;
    font-size: 1.3rem;
    line-height: 1.8rem;
    color: ${({ theme }) => theme.colors.primary600};
    cursor: pointer;
  }

  summary:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
