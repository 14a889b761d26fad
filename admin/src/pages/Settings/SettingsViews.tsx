import { Flex } from '@strapi/design-system';
import type { ComponentType } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { ViewNav } from '../../components/ViewNav';
import { type Capability, useAllowed } from '../../plugin';
import { type MessageId, useText } from '../../text';
import { CostsView } from './costs';
import { SettingsForm } from './SettingsForm';
import { TrackingView } from './TrackingView';

const VIEWS = {
  settings: { name: 'clv.settings.show.settings', needs: 'settings', of: SettingsForm },
  tracking: { name: 'clv.settings.show.tracking', needs: 'settings', of: TrackingView },
  costs: { name: 'clv.settings.show.costs', needs: 'value', of: CostsView },
} satisfies Record<
  string,
  { name: MessageId; needs: Capability; of: ComponentType<{ heading: 'h2' | 'h3' }> }
>;

type View = keyof typeof VIEWS;

/** What can be set, how tracking fares, and what marketing costs: views of one page, each for whoever may see it. */
export function SettingsViews({ heading }: { heading: 'h2' | 'h3' }) {
  const text = useText();
  const [params] = useSearchParams();
  const allowed = useAllowed();
  const views = (Object.keys(VIEWS) as View[]).filter((view) => allowed[VIEWS[view].needs]);
  const show = views.find((view) => view === params.get('show')) ?? views[0];
  if (!show) return null;
  const Shown = VIEWS[show].of;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {views.length > 1 && (
        <ViewNav aria-label={text('clv.nav.settings')}>
          {views.map((view) => (
            <Link
              key={view}
              to={view === 'settings' ? '?' : `?show=${view}`}
              aria-current={view === show ? 'page' : undefined}
            >
              {text(VIEWS[view].name)}
            </Link>
          ))}
        </ViewNav>
      )}
      <Shown heading={heading} />
    </Flex>
  );
}
