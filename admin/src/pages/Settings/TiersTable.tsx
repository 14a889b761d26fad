import { Typography } from '@strapi/design-system';
import type { TierSize, TiersPreview } from '../../../../server/src/settings/api-types';
import { PlainTable } from '../../components/PlainTable';
import { tierName } from '../../components/tier-words';
import { useFormats } from '../../format';
import { useText } from '../../text';

const MOST_MOVES = 6;

/** The tiers of the latest run beside those of the draft, and who would move. */
export function TiersTable({ tiers }: { tiers: TiersPreview }) {
  const text = useText();
  const format = useFormats();
  const { currency, now, draft, moves } = tiers;
  const places = Array.from({ length: Math.max(now.length, draft.length) }, (_, place) => place);
  const name = (tier: string | null) =>
    tier === null ? text('clv.settings.preview.no-tier') : tierName(tier, text);
  const cells = (size: TierSize | undefined) =>
    size
      ? [name(size.tier), format.integer(size.customers), format.money(size.mean, currency)]
      : ['–', '–', '–'];
  return (
    <>
      <PlainTable label={text('clv.settings.preview.table')}>
        <thead>
          <tr>
            <th scope="col">{text('clv.settings.preview.now')}</th>
            <th scope="col" className="end">
              {text('clv.settings.preview.customers')}
            </th>
            <th scope="col" className="end">
              {text('clv.settings.preview.mean')}
            </th>
            <th scope="col">{text('clv.settings.preview.then')}</th>
            <th scope="col" className="end">
              {text('clv.settings.preview.customers')}
            </th>
            <th scope="col" className="end">
              {text('clv.settings.preview.mean')}
            </th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place}>
              {[...cells(now[place]), ...cells(draft[place])].map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change
                <td key={column} className={column % 3 === 0 ? undefined : 'end'}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </PlainTable>
      {moves.length > 0 && (
        <Typography tag="p" variant="pi" textColor="neutral700">
          {moves
            .slice(0, MOST_MOVES)
            .map(({ from, to, people }) =>
              text('clv.settings.preview.move', {
                people: format.integer(people),
                from: name(from),
                to: name(to),
              }),
            )
            .join(' · ')}
        </Typography>
      )}
    </>
  );
}
