import { PluginPage } from '../../components/PluginPage';
import { useText } from '../../text';
import { SettingsViews } from './SettingsViews';

/** What can be set and how tracking fares, among the plugin's own pages. */
export default function SettingsPage() {
  const text = useText();
  return (
    <PluginPage title={text('clv.nav.settings')} subtitle={text('clv.settings.subtitle')}>
      <SettingsViews heading="h3" />
    </PluginPage>
  );
}
