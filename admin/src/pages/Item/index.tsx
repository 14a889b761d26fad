import { Flex, LinkButton, Link as TextLink, Typography } from '@strapi/design-system';
import { ArrowLeft, Pencil } from '@strapi/icons';
import { isFetchError } from '@strapi/strapi/admin';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { ItemPage as Answer } from '../../../../server/src/ranking/item/api-types';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { kindName, useFormats } from '../../format';
import { PLUGIN_ID } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { SnapshotSummary } from '../Rankings/Head';
import { entryPath } from '../Rankings/ItemTitle';
import { LandmarkChoice } from '../Rankings/LandmarkChoice';
import { ItemView } from './ItemView';

/** Everything that is known of one content item. */
export default function ItemPage() {
  const text = useText();
  const { contentId = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const landmark = params.get('landmark') ?? undefined;
  const { data, error, loading, reload } = useResource(`item page ${contentId} ${landmark}`, () =>
    api.itemPage(contentId, landmark),
  );
  const last = useLast(data);
  const page = last?.content.contentId === Number(contentId) ? last : undefined;
  const gone = isFetchError(error) && error.status === 404;
  return (
    <PluginPage
      title={page?.content.title ?? text('clv.item.title')}
      subtitle={<SnapshotSummary snapshot={page?.ranked?.snapshot} />}
      actions={page && !page.content.deletedAt && <EntryButton content={page.content} />}
    >
      <div>
        <TextLink tag={Link} to={`/plugins/${PLUGIN_ID}`} startIcon={<ArrowLeft />}>
          {text('clv.item.back')}
        </TextLink>
      </div>
      {gone ? (
        <Note tone="warning" title={text('clv.item.gone')}>
          {text('clv.item.gone.what')}
        </Note>
      ) : error ? (
        <ErrorState title={text('clv.item.error')} error={error} retry={reload} />
      ) : !page ? (
        <CardSkeleton cards={6} />
      ) : (
        <>
          {page.ranked?.snapshot.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
          <Title content={page.content} />
          {page.ranked && (
            <LandmarkChoice
              landmarks={page.landmarks}
              chosen={page.ranked.snapshot.landmark}
              onChoose={(chosen) => setParams({ landmark: chosen })}
            />
          )}
          {page.ranked ? (
            <div
              style={{ opacity: loading && !data ? 0.55 : 1, transition: 'opacity 120ms' }}
              aria-busy={loading}
            >
              <ItemView page={page} ranked={page.ranked} reload={reload} />
            </div>
          ) : (
            <Note tone="info" title={text('clv.item.not-ranked')}>
              {text('clv.item.not-ranked.what')}
            </Note>
          )}
        </>
      )}
    </PluginPage>
  );
}

function Title({ content }: Pick<Answer, 'content'>) {
  const text = useText();
  const format = useFormats();
  const { title, kind, locale, unpublishedAt, deletedAt } = content;
  const facts = [
    kindName(kind),
    locale && format.languageName(locale),
    deletedAt
      ? `${text('clv.mark.deleted')} ${format.ago(deletedAt)}`
      : unpublishedAt && `${text('clv.mark.unpublished')} ${format.ago(unpublishedAt)}`,
  ];
  return (
    <div>
      <Typography tag="h3" variant="alpha" dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Typography>
      <Typography tag="p" textColor="neutral600" paddingTop={1}>
        {facts.filter(Boolean).join(' · ')}
      </Typography>
    </div>
  );
}

function EntryButton({ content }: Pick<Answer, 'content'>) {
  const text = useText();
  return (
    <Flex gap={2}>
      <LinkButton tag={Link} to={entryPath(content)} variant="tertiary" startIcon={<Pencil />}>
        {text('clv.item.entry')}
      </LinkButton>
    </Flex>
  );
}
