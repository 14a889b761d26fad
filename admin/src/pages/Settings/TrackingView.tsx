import { Flex } from '@strapi/design-system';
import type { TrackingStatus } from '../../../../server/src/tracking/api-types';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PlainTable } from '../../components/PlainTable';
import { TableSkeleton } from '../../components/Skeleton';
import { Snippet } from '../../components/Snippet';
import { kindName, useFormats } from '../../format';
import { useResource } from '../../resource';
import { CONFIG_SNIPPET } from '../../snippets';
import { useText } from '../../text';
import { Counters } from './Counters';
import { Facts } from './Facts';
import { Section } from './Section';

/** What is tracked, what came of it, and what to paste where. Read only: the app's configuration decides. */
export function TrackingView({ heading }: { heading: 'h2' | 'h3' }) {
  const text = useText();
  const { data: status, error, reload } = useResource('tracking', api.trackingStatus);
  if (error) return <ErrorState title={text('clv.settings.error')} error={error} retry={reload} />;
  if (!status) return <TableSkeleton rows={5} />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Hint status={status} />
      <Section heading={heading} title={text('clv.settings.activity')}>
        <Counters status={status} />
      </Section>
      <Section heading={heading} title={text('clv.settings.types')} what={text('clv.settings.types.what')}>
        {status.contentTypes.length > 0 ? (
          <ContentTypes types={status.contentTypes} />
        ) : (
          <Snippet code={CONFIG_SNIPPET} label={text('clv.setup.contents')} />
        )}
      </Section>
      <Section
        heading={heading}
        title={text('clv.settings.snippet')}
        what={text('clv.settings.snippet.what')}
      >
        <Snippet code={status.snippet} label={text('clv.settings.snippet')} />
      </Section>
      <Section heading={heading} title={text('clv.settings.rules')} what={text('clv.settings.rules.what')}>
        <Facts status={status} />
      </Section>
    </Flex>
  );
}

/** The one thing to do next, when something is missing. */
function Hint({ status }: { status: TrackingStatus }) {
  const text = useText();
  if (!status.enabled)
    return (
      <Note tone="warning" title={text('clv.hint.off')}>
        {text('clv.hint.off.what')}
      </Note>
    );
  if (status.contentTypes.length === 0)
    return (
      <Note tone="warning" title={text('clv.hint.no-types')}>
        {text('clv.setup.contents.what')}
      </Note>
    );
  if (!status.lastTouchAt)
    return (
      <Note tone="info" title={text('clv.hint.no-touches')}>
        {text('clv.hint.no-touches.what')}
      </Note>
    );
  return null;
}

function ContentTypes({ types }: { types: TrackingStatus['contentTypes'] }) {
  const text = useText();
  const format = useFormats();
  return (
    <PlainTable label={text('clv.settings.types')}>
      <thead>
        <tr>
          <th scope="col">{text('clv.types.kind')}</th>
          <th scope="col">{text('clv.types.uid')}</th>
          <th scope="col">{text('clv.types.title')}</th>
          <th scope="col">{text('clv.types.file')}</th>
          <th scope="col" className="end">
            {text('clv.types.items')}
          </th>
        </tr>
      </thead>
      <tbody>
        {types.map(({ uid, kind, title, file, items }) => (
          <tr key={uid}>
            <td>{kindName(kind)}</td>
            <td>
              <code>{uid}</code>
            </td>
            <td>
              <code>{title}</code>
            </td>
            <td>{file ? <code>{file}</code> : '–'}</td>
            <td className="end">{format.integer(items)}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
