import { Link as TextLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useSearchParams } from 'react-router-dom';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { PLUGIN_ID } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { SnapshotSummary } from '../Rankings/Head';
import { LandmarkChoice } from '../Rankings/LandmarkChoice';
import { FEWEST_COMPARED, MOST_COMPARED } from '../Rankings/Picks';
import { AddItem } from './AddItem';
import { CompareView } from './CompareView';

/** The items that the address names. */
function idsOf(params: URLSearchParams): number[] {
  const ids = (params.get('items') ?? '').split(',').map(Number);
  return [...new Set(ids.filter((id) => Number.isInteger(id) && id > 0))].slice(0, MOST_COMPARED);
}

/** Two to five items beside each other. */
export default function ComparePage() {
  const text = useText();
  const [params, setParams] = useSearchParams();
  const ids = idsOf(params);
  const landmark = params.get('landmark') ?? undefined;
  const items = ids.join(',');
  const { data, error, reload } = useResource(ids.length > 0 ? `compare ${items} ${landmark}` : null, () =>
    api.compare(items, landmark),
  );
  const last = useLast(data);
  const page = ids.length > 0 ? last : undefined;
  const choose = (chosen: number[], at = landmark) =>
    setParams({ items: chosen.join(','), ...(at ? { landmark: at } : {}) });
  return (
    <PluginPage title={text('clv.compare.title')} subtitle={<SnapshotSummary snapshot={page?.snapshot} />}>
      <div>
        <TextLink tag={Link} to={`/plugins/${PLUGIN_ID}`} startIcon={<ArrowLeft />}>
          {text('clv.item.back')}
        </TextLink>
      </div>
      {page?.snapshot?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {page?.snapshot && (
        <LandmarkChoice
          landmarks={page.landmarks}
          chosen={page.snapshot.landmark}
          onChoose={(chosen) => choose(ids, chosen)}
        />
      )}
      {ids.length < MOST_COMPARED && (
        <AddItem
          landmark={page?.snapshot?.landmark ?? landmark}
          chosen={ids}
          onAdd={(id) => choose([...ids, id])}
        />
      )}
      {error ? (
        <ErrorState title={text('clv.compare.error')} error={error} retry={reload} />
      ) : ids.length === 0 ? (
        <Note tone="info">{text('clv.compare.empty')}</Note>
      ) : !page ? (
        <CardSkeleton cards={3} />
      ) : (
        <>
          {page.items.length < ids.length && data && (
            <Note tone="warning">{text('clv.compare.missing', { n: ids.length - page.items.length })}</Note>
          )}
          {page.items.length < FEWEST_COMPARED && <Note tone="info">{text('clv.compare.empty')}</Note>}
          {page.snapshot && page.items.length > 0 && (
            <CompareView
              items={page.items}
              snapshot={page.snapshot}
              onRemove={(id) => choose(ids.filter((one) => one !== id))}
            />
          )}
        </>
      )}
    </PluginPage>
  );
}
