import { PluginPage } from '../../components/PluginPage';
import { useText } from '../../text';

export default function TriggersPage() {
  const text = useText();
  return (
    <PluginPage title={text('clv.nav.triggers')} subtitle="">
      {null}
    </PluginPage>
  );
}
