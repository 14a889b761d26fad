import { PluginPage } from '../../components/PluginPage';
import { useText } from '../../text';

export default function ExperimentsPage() {
  const text = useText();
  return (
    <PluginPage title={text('clv.nav.experiments')} subtitle="">
      {null}
    </PluginPage>
  );
}
