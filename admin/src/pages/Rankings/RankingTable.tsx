import { Fragment, useId, useState } from 'react';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Axis, LabelledInterval } from '../../components/IntervalBar';
import type { Scale } from '../../components/interval-scale';
import { Movement } from '../../components/Movement';
import { VerdictBadge } from '../../components/VerdictBadge';
import { useFormats } from '../../format';
import type { Measure } from '../../measure';
import { useText } from '../../text';
import { ExpandButton } from './ExpandButton';
import { shortfall, verdictReason } from './explain';
import { ItemFigures } from './ItemFigures';
import { ItemTitle } from './ItemTitle';
import { Pick, type Picks } from './Picks';
import type { ChangeQuery, RankingQuery } from './query';
import { SortHeader } from './SortHeader';
import { AxisPlace, Table } from './table-style';

export interface RankingListProps {
  items: RankedItem[];
  snapshot: SnapshotHead;
  measure: Measure;
  scale: Scale;
  query: RankingQuery;
  change: ChangeQuery;
  picks: Picks;
}

export interface ItemProps extends Omit<RankingListProps, 'items' | 'query' | 'change'> {
  item: RankedItem;
  /** Not every item is new, so those that are stand out. */
  markNew: boolean;
}

/** The ranking as a table: one item a row, its interval on the scale that all rows share. */
export function RankingTable({ items, query, change, ...shared }: RankingListProps) {
  const text = useText();
  const { measure, scale } = shared;
  const markNew = items.some(({ previousPosition }) => previousPosition !== null);
  const sorting = { query, change };
  const axis = (
    <AxisPlace>
      <Axis scale={scale} measure={measure} />
    </AxisPlace>
  );
  return (
    <Table>
      <caption>{text('clv.rankings.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="said">{text('clv.column.compare')}</span>
          </th>
          <SortHeader sort="position" label="#" hint={text('clv.column.position')} {...sorting} />
          <SortHeader sort="title" label={text('clv.column.title')} {...sorting} />
          <SortHeader
            sort="exposed"
            label={text('clv.column.readers')}
            hint={text('clv.column.readers.hint')}
            align="end"
            {...sorting}
          />
          {measure.kind === 'excess' ? (
            <SortHeader sort="excess" label={text(measure.name)} hint={text(measure.meaning)} {...sorting}>
              {axis}
            </SortHeader>
          ) : (
            <th scope="col" title={text(measure.meaning)}>
              {text(measure.name)}
              {axis}
            </th>
          )}
          <SortHeader sort="qValue" label="q" hint={text('clv.figure.q.meaning')} align="end" {...sorting} />
          <SortHeader
            sort="score"
            label={text('clv.column.score')}
            hint={text('clv.figure.score.meaning')}
            align="end"
            {...sorting}
          />
          <th scope="col">{text('clv.column.verdict')}</th>
          <th scope="col">
            <span className="said">{text('clv.column.details')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.contentId} item={item} markNew={markNew} {...shared} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ item, snapshot, measure, scale, markNew, picks }: ItemProps) {
  const text = useText();
  const format = useFormats();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const interval = measure.of(item);
  return (
    <Fragment>
      <tr>
        <td className="pick">
          <Pick item={item} picks={picks} />
        </td>
        <td className="position">
          {format.integer(item.position)}
          <Movement position={item.position} previous={item.previousPosition} markNew={markNew} />
        </td>
        <td className="content">
          <ItemTitle item={item} landmark={snapshot.landmark} />
        </td>
        <td className="figure">
          {format.integer(item.exposed)}
          <small>{text('clv.others', { n: item.unexposed })}</small>
        </td>
        {interval.value === null ? (
          <td colSpan={3} className="shortfall">
            {shortfall(item, snapshot, text)}
          </td>
        ) : (
          <>
            <td className="interval">
              <LabelledInterval interval={interval} verdict={item.verdict} scale={scale} measure={measure} />
            </td>
            <td className="figure">{format.probability(item.qValue)}</td>
            <td className="figure">{format.share(item.score)}</td>
          </>
        )}
        <td>
          <VerdictBadge verdict={item.verdict} because={verdictReason(item, snapshot, text, format)} />
        </td>
        <td className="expand">
          <ExpandButton open={open} onToggle={() => setOpen(!open)} controls={detailsId} title={item.title} />
        </td>
      </tr>
      {open && (
        <tr id={detailsId} className="details">
          <td colSpan={9}>
            <ItemFigures item={item} snapshot={snapshot} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}
