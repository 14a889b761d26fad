import { useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import type { Segment, SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useResource } from '../../../resource';
import { type Text, useText } from '../../../text';
import { Starters } from '../Starters';
import { isGone, segments } from '../segments-api';
import { STARTERS } from '../starter-rules';
import { Builder } from './Builder';

/** A new segment: empty, or begun from a starter that the address names. */
export function NewPage() {
  const text = useText();
  const [params] = useSearchParams();
  const starter = params.get('starter');
  const { data, error, reload } = useResource('segment options', segments.options);
  return (
    <PluginPage title={text('clv.segments.new')} subtitle={text('clv.segments.new.what')}>
      {error ? (
        <ErrorState title={text('clv.segments.options.failed')} error={error} retry={reload} />
      ) : data ? (
        <>
          {starter === null && <Starters />}
          <Begun key={starter} starter={starter} options={data} />
        </>
      ) : (
        <CardSkeleton cards={2} />
      )}
    </PluginPage>
  );
}

/** What a starter brings; nothing for one that is not known. */
function startOf(key: string | null, options: SegmentOptions, text: Text): Partial<Segment> {
  const starter = STARTERS.find((one) => one.key === key);
  return starter ? { name: text(starter.name), rules: starter.rules(options) } : {};
}

function Begun({ starter, options }: { starter: string | null; options: SegmentOptions }) {
  const text = useText();
  const start = useMemo(() => startOf(starter, options, text), [starter, options, text]);
  return <Builder start={start} options={options} />;
}

/** Changes a segment. */
export function EditPage() {
  const text = useText();
  const { id = '' } = useParams();
  const segment = useResource(`segment ${id}`, () => segments.one(id));
  const options = useResource('segment options', segments.options);
  const error = segment.error ?? options.error;
  const retry = () => {
    segment.reload();
    options.reload();
  };
  return (
    <PluginPage
      title={text('clv.segments.edit')}
      subtitle={<bdi>{segment.data?.segment.name ?? text('clv.segments.subtitle')}</bdi>}
    >
      {isGone(segment.error) ? (
        <Note tone="warning" title={text('clv.segments.gone')}>
          {text('clv.segments.gone.what')}
        </Note>
      ) : error ? (
        <ErrorState title={text('clv.segments.one.failed')} error={error} retry={retry} />
      ) : segment.data && options.data ? (
        <Builder key={id} start={segment.data.segment} options={options.data} />
      ) : (
        <CardSkeleton cards={2} />
      )}
    </PluginPage>
  );
}
