import { PluginPage } from '../../components/PluginPage';
import { useText } from '../../text';
import { TrackingView } from './TrackingView';

/** How tracking fares, among the plugin's own pages. */
export default function SettingsPage() {
  const text = useText();
  return (
    <PluginPage title={text('clv.nav.settings')} subtitle={text('clv.settings.subtitle')}>
      <TrackingView heading="h3" />
    </PluginPage>
  );
}
