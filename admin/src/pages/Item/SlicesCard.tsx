import { useState } from 'react';
import type { ItemInSlice } from '../../../../server/src/ranking/item/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { type Row, Rows } from '../../components/charts/Rows';
import { shareTicks } from '../../components/interval-scale';
import { Segments } from '../../components/Segments';
import { useFormats } from '../../format';
import { divisionName, sliceName } from '../../slices';
import { useText, VERDICT_NAME } from '../../text';
import type { RankedProps } from './ItemView';

/** Who reads it: how many people of each part, and by how much it exceeds the typical piece there. */
export function SlicesCard({ page: { slices } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  const divisions = [...new Set(slices.map(({ of }) => of))];
  const [chosen, choose] = useState<string>();
  const of = chosen !== undefined && divisions.includes(chosen) ? chosen : divisions[0];
  if (of === undefined) return null;
  const shown = slices.filter((slice) => slice.of === of);
  const people = ({ exposed, unexposed }: ItemInSlice) =>
    text('clv.readers-and-others', { readers: exposed, others: unexposed });
  const interval = ({ excess, excessLow, excessHigh }: ItemInSlice) =>
    excess === null || excessLow === null
      ? undefined
      : text('clv.interval', {
          low: format.share(excessLow, excess),
          high: format.share(excessHigh, excess),
        });
  const rows = shown.map(
    (slice): Row => ({
      key: slice.value,
      name: sliceName(of, slice.value, text, format),
      note: people(slice),
      value: slice.excess,
      low: slice.excessLow,
      high: slice.excessHigh,
      figure:
        slice.excess !== null
          ? format.share(slice.excess)
          : text(slice.typical ? VERDICT_NAME[slice.verdict] : 'clv.item.slices.no-typical'),
      interval: interval(slice),
    }),
  );
  return (
    <ChartFrame
      title={text('clv.item.slices')}
      summary={text('clv.item.slices.what')}
      controls={
        divisions.length > 1 && (
          <Segments
            label={text('clv.slice.of')}
            value={of}
            options={divisions.map((one) => [one, divisionName(one, text)])}
            onChange={choose}
          />
        )
      }
      table={{
        columns: [
          { label: divisionName(of, text) },
          { label: text('clv.group.readers'), end: true },
          { label: text('clv.group.others'), end: true },
          { label: text('clv.measure.excess'), end: true },
          { label: text('clv.column.verdict') },
        ],
        rows: shown.map((slice) => [
          sliceName(of, slice.value, text, format),
          format.integer(slice.exposed),
          format.integer(slice.unexposed),
          slice.excess === null ? '–' : `${format.share(slice.excess)} (${interval(slice)})`,
          text(VERDICT_NAME[slice.verdict]),
        ]),
      }}
    >
      <Rows
        label={text('clv.item.slices')}
        rows={rows}
        mark="dot"
        tick={(value) => (value === 0 ? '0' : format.share(value))}
        ticksOf={shareTicks}
      />
    </ChartFrame>
  );
}
