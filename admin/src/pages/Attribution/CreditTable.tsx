import { useEffect, useRef } from 'react';
import type {
  AttributedItem,
  AttributionModel,
  AttributionReport,
  AttributionSort,
} from '../../../../server/src/ranking/attribution/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { ItemTitle } from '../Rankings/ItemTitle';
import { Credit } from './Credit';
import { MODEL_NAME } from './model-words';
import { type AttributionQuery, type ChangeQuery, MODELS } from './query';
import { Scroll, Table } from './table-style';

export interface CreditListProps {
  items: AttributedItem[];
  report: AttributionReport;
  chosen: AttributionModel;
  query: AttributionQuery;
  change: ChangeQuery;
}

/** The largest credit that any model gives one item. */
export const largestCredit = ({ models }: AttributionReport): number =>
  Math.max(0, ...models.map(({ largest }) => largest));

/** Items by models: the amounts that each model gives each item, all columns with the same sum. */
export function CreditTable({ items, report, chosen, query, change }: CreditListProps) {
  const text = useText();
  const format = useFormats();
  const { currency } = report;
  const largest = largestCredit(report);
  const sorting = { query, change };
  const totalOf = (model: AttributionModel) => report.models.find((one) => one.model === model);
  const others = report.models.some((one) => one.others !== null);
  const money = (amount: number) => format.money(amount, currency, largest);
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen column comes into sight when another is chosen
  useEffect(() => {
    const column = place.current?.querySelector<HTMLElement>('thead .chosen');
    if (!place.current || !column) return;
    const hidden = column.offsetLeft + column.offsetWidth - place.current.clientWidth;
    if (hidden > place.current.scrollLeft) place.current.scrollLeft = hidden;
  }, [chosen]);
  const look = (model: AttributionModel) => (model === chosen ? 'end chosen' : 'end');
  return (
    <Scroll ref={place} tabIndex={0} role="region" aria-label={text('clv.attribution.table')}>
      <Table>
        <thead>
          <tr>
            <SortTh sort="title" label={text('clv.attribution.item')} {...sorting} />
            <SortTh
              sort="orders"
              label={text('clv.column.orders')}
              hint={text('clv.attribution.orders.hint')}
              end
              {...sorting}
            />
            {MODELS.map((model) => (
              <SortTh
                key={model}
                sort={model}
                label={text(MODEL_NAME[model])}
                end
                chosen={model === chosen}
                {...sorting}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.contentId}>
              <th scope="row">
                <ItemTitle item={item} />
              </th>
              <td className="end">{format.integer(item.orders)}</td>
              {MODELS.map((model) => (
                <td key={model} className={look(model)}>
                  <Credit credit={item.credits[model]} currency={currency} largest={largest} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {others && (
            <tr>
              <th scope="row">{text('clv.attribution.others')}</th>
              <td />
              {MODELS.map((model) => {
                const together = totalOf(model)?.others ?? null;
                return (
                  <td key={model} className={look(model)}>
                    {together === null ? '' : money(together.revenue)}
                  </td>
                );
              })}
            </tr>
          )}
          <tr>
            <th scope="row">{text('clv.attribution.all', { n: report.items })}</th>
            <td className="end">{format.integer(report.totals.ordersWithContent)}</td>
            {MODELS.map((model) => (
              <td key={model} className={look(model)}>
                {money(totalOf(model)?.credited ?? 0)}
              </td>
            ))}
          </tr>
        </tfoot>
      </Table>
    </Scroll>
  );
}

interface SortThProps extends Pick<CreditListProps, 'query' | 'change'> {
  sort: AttributionSort;
  label: string;
  /** What the column shows, on hover. */
  hint?: string;
  end?: boolean;
  chosen?: boolean;
}

/** Sorts by its column; that of a model chooses the model too. */
function SortTh({ sort, label, hint, end = false, chosen = false, query, change }: SortThProps) {
  const text = useText();
  const active = query.sort === sort;
  const first = sort === 'title' ? 'asc' : 'desc';
  const next = active ? (query.direction === 'asc' ? 'desc' : 'asc') : first;
  const isModel = sort !== 'title' && sort !== 'orders';
  return (
    <th
      scope="col"
      className={[end && 'end', chosen && 'chosen'].filter(Boolean).join(' ') || undefined}
      aria-sort={active ? (query.direction === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        title={hint}
        onClick={() => change({ sort, direction: next, ...(isModel ? { model: sort } : {}) })}
      >
        {label}
        <span aria-hidden className={active ? 'arrow' : 'arrow idle'}>
          {(active ? query.direction : first) === 'asc' ? '↑' : '↓'}
        </span>
        <span className="said">{text(next === 'asc' ? 'clv.sort.asc' : 'clv.sort.desc')}</span>
      </button>
    </th>
  );
}
