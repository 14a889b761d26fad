import { Link as TextLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useSearchParams } from 'react-router-dom';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { Nothing } from '../../components/Nothing';
import { Pager } from '../../components/Pager';
import { PluginPage } from '../../components/PluginPage';
import { Segments } from '../../components/Segments';
import { TableSkeleton } from '../../components/Skeleton';
import { dimensionName } from '../../groups';
import { PLUGIN_ID } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { SnapshotSummary } from '../Rankings/Head';
import { GroupTable } from './GroupTable';

const FIRST_SIZE = 25;

/** Authors, categories, types and the like, by how their items exceed the typical one. */
export default function GroupsPage() {
  const text = useText();
  const [params, setParams] = useSearchParams();
  const told = Object.fromEntries(params);
  const query = { sort: 'excess:desc', page: 1, pageSize: FIRST_SIZE, by: 'kind', ...told };
  const { data, error, reload } = useResource(`groups ${JSON.stringify(query)}`, () => api.groups(query));
  const page = useLast(data);
  const change = (changed: Record<string, string>) => setParams({ ...told, ...changed });
  return (
    <PluginPage title={text('clv.groups.title')} subtitle={<SnapshotSummary snapshot={page?.snapshot} />}>
      <div>
        <TextLink tag={Link} to={`/plugins/${PLUGIN_ID}`} startIcon={<ArrowLeft />}>
          {text('clv.item.back')}
        </TextLink>
      </div>
      {page?.snapshot?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {error ? (
        <ErrorState title={text('clv.groups.error')} error={error} retry={reload} />
      ) : !page ? (
        <TableSkeleton rows={6} />
      ) : !page.snapshot ? (
        <Note tone="info">{text('clv.run.never')}</Note>
      ) : (
        <>
          <div>
            <Segments
              label={text('clv.groups.by')}
              value={page.by}
              options={page.dimensions.map((by) => [by, dimensionName(by, text)])}
              onChange={(by) => setParams({ ...told, by, page: '1' })}
            />
          </div>
          {page.groups.length === 0 ? (
            <Nothing>{text('clv.groups.none')}</Nothing>
          ) : (
            <GroupTable page={page} snapshot={page.snapshot} />
          )}
          <Pager
            label={text('clv.groups.pages')}
            pagination={page.pagination}
            to={(number) => `?${new URLSearchParams({ ...told, page: String(number) })}`}
            onSize={(size) => change({ pageSize: String(size), page: '1' })}
          />
        </>
      )}
    </PluginPage>
  );
}
