import { Button, Link as TextLink } from '@strapi/design-system';
import { ArrowLeft, File } from '@strapi/icons';
import { Link, useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { PLUGIN_ID } from '../../plugin';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { SnapshotSummary } from '../Rankings/Head';
import { PrintStyle } from './PrintStyle';
import { Sheet } from './Sheet';

const SHOWN = 15;
const SHOWN_BELOW = 5;

/** The ranking as a sheet for a meeting, to be printed or saved as a PDF. */
export default function ReportPage() {
  const text = useText();
  const [params] = useSearchParams();
  const asked = {
    landmark: params.get('landmark') ?? undefined,
    slice: params.get('slice') ?? undefined,
    sort: 'position:asc',
    page: 1,
    pageSize: SHOWN,
  };
  const { data, error, reload } = useResource(`report ${JSON.stringify(asked)}`, async () => {
    const last = { ...asked, verdict: 'below typical', sort: 'excess:asc', pageSize: SHOWN_BELOW };
    const [first, below] = await Promise.all([api.rankings(asked), api.rankings(last)]);
    return { ...first, below: below.items };
  });
  return (
    <PluginPage
      title={text('clv.report.title')}
      subtitle={<SnapshotSummary snapshot={data?.snapshot} />}
      actions={
        data?.snapshot && (
          <Button startIcon={<File />} onClick={() => window.print()}>
            {text('clv.report.print')}
          </Button>
        )
      }
    >
      <PrintStyle />
      <Back>
        <TextLink tag={Link} to={`/plugins/${PLUGIN_ID}`} startIcon={<ArrowLeft />}>
          {text('clv.item.back')}
        </TextLink>
      </Back>
      {error ? (
        <ErrorState title={text('clv.rankings.error')} error={error} retry={reload} />
      ) : !data ? (
        <CardSkeleton cards={2} />
      ) : data.snapshot ? (
        <Sheet snapshot={data.snapshot} items={data.items} below={data.below} total={data.pagination.total} />
      ) : (
        <Note tone="info">{text('clv.run.never')}</Note>
      )}
    </PluginPage>
  );
}

const Back = styled.div`
  @media print {
    display: none;
  }
`;
