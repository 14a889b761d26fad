import { Link } from 'react-router-dom';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { ViewNav } from '../../../components/ViewNav';
import { useFormats } from '../../../format';
import { type MessageId, useText } from '../../../text';

const VIEWS = {
  overview: 'clv.crm.show.overview',
  problems: 'clv.crm.show.problems',
  dead: 'clv.crm.show.dead',
  quality: 'clv.crm.show.quality',
  settings: 'clv.crm.show.settings',
} satisfies Record<string, MessageId>;

export type View = keyof typeof VIEWS;

/** The part of the page that the address names. */
export function readShow(params: URLSearchParams): View {
  const show = params.get('show') ?? '';
  return show in VIEWS ? (show as View) : 'overview';
}

/** The parts of a connection's page, with how much there is to look at. */
export function Views({ connection, show }: { connection: ConnectionDetail; show: View }) {
  const text = useText();
  const format = useFormats();
  const counts: Partial<Record<View, number>> = { problems: connection.problems, dead: connection.dead };
  const views = (Object.keys(VIEWS) as View[]).filter(
    (view) => view !== 'dead' || connection.capabilities.push || connection.dead > 0,
  );
  return (
    <ViewNav aria-label={connection.name}>
      {views.map((view) => (
        <Link
          key={view}
          to={view === 'overview' ? '?' : `?show=${view}`}
          aria-current={view === show ? 'page' : undefined}
        >
          {text(VIEWS[view])}
          {(counts[view] ?? 0) > 0 && <span>{format.integer(counts[view]!)}</span>}
        </Link>
      ))}
    </ViewNav>
  );
}
