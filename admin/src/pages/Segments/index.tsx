import { PluginPage } from '../../components/PluginPage';
import { useText } from '../../text';

export default function SegmentsPage() {
  const text = useText();
  return (
    <PluginPage title={text('clv.nav.segments')} subtitle="">
      {null}
    </PluginPage>
  );
}
