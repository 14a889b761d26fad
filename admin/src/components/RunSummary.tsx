import type { ValueRun } from '../../../server/src/clv/api-types';
import { useFormats } from '../format';
import { useText } from '../text';

const DAYS_A_YEAR = 365;

/** When the models were fitted (exactly when on hover), over whom, and what the predictions are for. */
export function RunSummary({ run, otherwise }: { run: ValueRun | null | undefined; otherwise: string }) {
  const text = useText();
  const format = useFormats();
  if (!run) return otherwise;
  const months = (run.horizonDays / DAYS_A_YEAR) * 12;
  const parts = [
    text('clv.population.customers', { n: run.customers }),
    run.prospects > 0 && text('clv.worth.prospects', { n: run.prospects }),
    text('clv.worth.currency', { currency: run.currency }),
    run.model !== null &&
      text('clv.worth.horizon', {
        horizon: format.duration(Math.round(months), 'month'),
        rate: format.percent(run.discountRate),
      }),
  ];
  return (
    <>
      <time dateTime={new Date(run.createdAt).toISOString()} title={format.dateTime(run.createdAt)}>
        {text('clv.fit.last', { ago: format.ago(run.createdAt) })}
      </time>
      {parts.filter(Boolean).map((part) => (
        <span key={String(part)}> · {part}</span>
      ))}
    </>
  );
}
