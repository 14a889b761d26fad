import { Typography } from '@strapi/design-system';
import type { ItemJourneys } from '../../../../server/src/ranking/journeys/api-types';
import { Rows } from '../../components/charts/Rows';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { Names } from './names';

const MOST = 5;

/** From where people came to an item. */
export function PreviousItems({ item, names }: { item: ItemJourneys; names: Names }) {
  const text = useText();
  const format = useFormats();
  const shown = item.before.slice(0, MOST);
  const others = item.readers - item.first - shown.reduce((sum, { persons }) => sum + persons, 0);
  const title = text('clv.journeys.item.before');
  const row = (key: string, name: string, persons: number, color: 'first' | 'plain' = 'first') => ({
    key,
    name,
    value: persons,
    figure: format.integer(persons),
    interval: format.percent(persons / item.readers),
    color,
  });
  return (
    <div>
      <Typography tag="h4" variant="sigma" textColor="neutral600" paddingBottom={2}>
        {title}
      </Typography>
      <Rows
        label={title}
        mark="bar"
        rows={[
          row('first', text('clv.journeys.item.first'), item.first, 'plain'),
          ...shown.map(({ contentId, persons }) => row(String(contentId), names.title(contentId), persons)),
          ...(others > 0 ? [row('others', text('clv.journeys.other'), others, 'plain')] : []),
        ]}
      />
    </div>
  );
}
