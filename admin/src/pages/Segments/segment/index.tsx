import { Button, Flex, LinkButton, Link as TextLink } from '@strapi/design-system';
import { ArrowLeft, Download, Pencil } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { isGone, SEGMENTS, segmentPath, segments } from '../segments-api';
import { Ending } from './Ending';
import { FiguresCard } from './FiguresCard';
import { Head } from './Head';
import { Members } from './Members';
import { UsedBy } from './UsedBy';

/** One segment: how many are in it, what they are worth, by which rules, and who they are. */
export function SegmentPage() {
  const text = useText();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const { id = '' } = useParams();
  const { data, error, reload } = useResource(`segment ${id}`, () => segments.one(id));
  const detail = useLast(data);
  const segment = detail?.segment;
  return (
    <PluginPage
      title={segment?.name ?? text('clv.nav.segments')}
      subtitle={text('clv.segments.subtitle')}
      actions={
        segment && (
          <Flex gap={2} wrap="wrap">
            {allowed.segmentsManage && (
              <LinkButton tag={Link} to={`${segmentPath(id)}/edit`} variant="tertiary" startIcon={<Pencil />}>
                {text('clv.segments.change')}
              </LinkButton>
            )}
            {allowed.customers && (
              <Button
                variant="secondary"
                startIcon={<Download />}
                onClick={() => attempt(() => segments.exportCsv(segment))}
              >
                {text('clv.export')}
              </Button>
            )}
          </Flex>
        )
      }
    >
      <div>
        <TextLink tag={Link} to={SEGMENTS} startIcon={<ArrowLeft />}>
          {text('clv.segments.all')}
        </TextLink>
      </div>
      {isGone(error) ? (
        <Note tone="warning" title={text('clv.segments.gone')}>
          {text('clv.segments.gone.what')}
        </Note>
      ) : error && !detail ? (
        <ErrorState title={text('clv.segments.one.failed')} error={error} retry={reload} />
      ) : detail ? (
        <>
          <Head detail={detail} />
          <FiguresCard detail={detail} />
          <Members segment={detail.segment} />
          <UsedBy detail={detail} />
          {allowed.segmentsManage && <Ending detail={detail} onChange={reload} />}
        </>
      ) : (
        <CardSkeleton cards={4} />
      )}
    </PluginPage>
  );
}
