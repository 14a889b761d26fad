import { Flex } from '@strapi/design-system';
import { Link, useSearchParams } from 'react-router-dom';
import { ViewNav } from '../../components/ViewNav';
import { type MessageId, useText } from '../../text';
import { SettingsForm } from './SettingsForm';
import { TrackingView } from './TrackingView';

const VIEWS = {
  settings: 'clv.settings.show.settings',
  tracking: 'clv.settings.show.tracking',
} satisfies Record<string, MessageId>;

type View = keyof typeof VIEWS;

/** What can be set, and how tracking fares: two views of one page. */
export function SettingsViews({ heading }: { heading: 'h2' | 'h3' }) {
  const text = useText();
  const [params] = useSearchParams();
  const show: View = params.get('show') === 'tracking' ? 'tracking' : 'settings';
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <ViewNav aria-label={text('clv.nav.settings')}>
        {(Object.keys(VIEWS) as View[]).map((view) => (
          <Link
            key={view}
            to={view === 'settings' ? '?' : `?show=${view}`}
            aria-current={view === show ? 'page' : undefined}
          >
            {text(VIEWS[view])}
          </Link>
        ))}
      </ViewNav>
      {show === 'tracking' ? <TrackingView heading={heading} /> : <SettingsForm heading={heading} />}
    </Flex>
  );
}
