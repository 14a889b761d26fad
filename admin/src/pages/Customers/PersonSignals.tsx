import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { signalName } from '../../components/signal-words';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { CustomerProps } from './CustomerPage';

/** What of this person's reading and ordering raises or lowers their prediction most. */
export function PersonSignals({ detail: { signals } }: CustomerProps) {
  const text = useText();
  const format = useFormats();
  return (
    <ChartFrame title={text('clv.person.signals')} summary={text('clv.person.signals.what')}>
      <Rows
        label={text('clv.person.signals')}
        mark="bar"
        log
        reference={1}
        tick={format.multiple}
        rows={signals.map((signal) => ({
          key: `${signal.key} ${signal.name}`,
          name: signalName(signal, text),
          value: signal.effect,
          figure: format.multiple(signal.effect),
          color: signal.effect >= 1 ? 'good' : 'bad',
          striped: signal.effect < 1,
        }))}
      />
    </ChartFrame>
  );
}
