import type { RankingPage, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Help } from '../../components/Help';
import { useFormats } from '../../format';
import { divisionName, sliceName } from '../../slices';
import { useText } from '../../text';
import { VALUE_NAME } from './explain';

/** When the ranking was computed (exactly when on hover), over whom and what. */
export function Summary({ page }: { page: RankingPage | undefined }) {
  const text = useText();
  const format = useFormats();
  const at = page?.snapshot?.createdAt ?? page?.lastRun?.finishedAt ?? null;
  return (
    <>
      {at === null ? (
        text(page ? 'clv.run.never' : 'clv.rankings.subtitle')
      ) : (
        <time dateTime={new Date(at).toISOString()} title={format.dateTime(at)}>
          {text('clv.run.last', { ago: format.ago(at) })}
        </time>
      )}
      {page?.snapshot && <Population snapshot={page.snapshot} />}
    </>
  );
}

/** The same of one ranking, on a page beside the list. */
export function SnapshotSummary({ snapshot }: { snapshot: SnapshotHead | null | undefined }) {
  const text = useText();
  const format = useFormats();
  if (!snapshot) return text('clv.rankings.subtitle');
  const { createdAt } = snapshot;
  return (
    <>
      <time dateTime={new Date(createdAt).toISOString()} title={format.dateTime(createdAt)}>
        {text('clv.run.last', { ago: format.ago(createdAt) })}
      </time>
      <Population snapshot={snapshot} />
    </>
  );
}

function Population({ snapshot }: { snapshot: SnapshotHead }) {
  const text = useText();
  const format = useFormats();
  const { landmark, population, items, value, currency, fdr, sliceOf, slice, refreshedAt } = snapshot;
  const who =
    sliceOf === 'accounts'
      ? 'clv.population.companies'
      : landmark === 'first-order'
        ? 'clv.population.customers'
        : 'clv.population.people';
  const error = text('clv.population.fdr', { fdr: format.percent(fdr) });
  const parts = [
    text(who, { n: population }),
    text('clv.population.items', { n: items }),
    text('clv.population.value', { value: text(VALUE_NAME[value]), currency }),
    error,
    sliceOf &&
      text('clv.population.slice', {
        of: divisionName(sliceOf, text),
        slice: sliceName(sliceOf, slice, text, format),
      }),
    refreshedAt ? text('clv.population.refreshed', { ago: format.ago(refreshedAt) }) : '',
  ];
  return parts.filter(Boolean).map((part) => (
    <span key={part}>
      {' '}
      · {part}
      {part === error && (
        <>
          {'\u00a0'}
          <Help of={error}>{text('clv.population.fdr.help', { fdr: format.percent(fdr) })}</Help>
        </>
      )}
    </span>
  ));
}
