import { Box, Button, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { Signal } from '../../../../server/src/clv/api-types';
import { Rows } from '../../components/charts/Rows';
import { signalName } from '../../components/signal-words';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';

const GROUP: Record<Signal['group'], MessageId> = {
  amount: 'clv.signal.group.amount',
  recency: 'clv.signal.group.recency',
  kind: 'clv.signal.group.kind',
  topic: 'clv.signal.group.topic',
  item: 'clv.signal.group.item',
  depth: 'clv.signal.group.depth',
  first: 'clv.signal.group.first',
  orders: 'clv.signal.group.orders',
  person: 'clv.signal.group.person',
};
const FEW = 8;

/** What goes with higher or lower expected value, the clearest first, as multiples with their intervals. */
export function Signals({ signals }: { signals: Signal[] }) {
  const text = useText();
  const format = useFormats();
  const [all, setAll] = useState(false);
  if (signals.length === 0) return null;
  const shown = all ? signals : signals.slice(0, FEW);
  return (
    <Box>
      <Typography tag="h4" fontWeight="bold">
        {text('clv.signal.title')}
      </Typography>
      <Box paddingBottom={3}>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('clv.signal.what')}
        </Typography>
      </Box>
      <Rows
        label={text('clv.signal.title')}
        mark="dot"
        log
        reference={1}
        tick={format.multiple}
        rows={shown.map((signal) => {
          const { group, key, name, effect, low, high, n } = signal;
          const certain = low > 1 || high < 1;
          return {
            key: `${group} ${key} ${name}`,
            name: signalName(signal, text),
            note: `${text(GROUP[group])} · ${text('clv.figure.n', { n })}`,
            value: effect,
            low,
            high,
            figure: format.multiple(effect),
            interval: text('clv.interval', { low: format.multiple(low), high: format.multiple(high) }),
            color: certain ? (effect > 1 ? 'good' : 'bad') : 'plain',
            striped: !certain,
          };
        })}
      />
      {signals.length > FEW && (
        <Box paddingTop={3}>
          <Button variant="tertiary" size="S" onClick={() => setAll(!all)}>
            {all ? text('clv.signal.fewer') : text('clv.signal.all', { n: signals.length })}
          </Button>
        </Box>
      )}
    </Box>
  );
}
