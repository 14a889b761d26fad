import { Fragment, useId, useState } from 'react';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Axis, LabelledInterval } from '../../components/IntervalBar';
import type { Scale } from '../../components/interval-scale';
import { Movement } from '../../components/Movement';
import { VerdictBadge } from '../../components/VerdictBadge';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { ExpandButton } from './ExpandButton';
import { isTooEarly, shortfall, VALUE_NAME, verdictReason } from './explain';
import { ItemFigures } from './ItemFigures';
import { ItemTitle } from './ItemTitle';
import type { ChangeQuery, RankingQuery } from './query';
import { SortHeader } from './SortHeader';
import { AxisPlace, Table } from './table-style';

export interface RankingListProps {
  items: RankedItem[];
  snapshot: SnapshotHead;
  scale: Scale;
  query: RankingQuery;
  change: ChangeQuery;
}

export interface ItemProps extends Pick<RankingListProps, 'snapshot' | 'scale'> {
  item: RankedItem;
  /** Not every item is new, so those that are stand out. */
  markNew: boolean;
}

/** The ranking as a table: one item a row, its interval on the scale that all rows share. */
export function RankingTable({ items, snapshot, scale, query, change }: RankingListProps) {
  const text = useText();
  const markNew = items.some(({ previousPosition }) => previousPosition !== null);
  const largestScore = Math.max(...items.map(({ score }) => Math.abs(score ?? 0)));
  const sorting = { query, change };
  const value = text(VALUE_NAME[snapshot.value]);
  return (
    <Table>
      <caption>{text('clv.rankings.caption')}</caption>
      <thead>
        <tr>
          <SortHeader sort="position" label="#" hint={text('clv.column.position')} {...sorting} />
          <SortHeader sort="title" label={text('clv.column.title')} {...sorting} />
          <SortHeader
            sort="exposed"
            label={text('clv.column.readers')}
            hint={text('clv.column.readers.hint')}
            align="end"
            {...sorting}
          />
          <SortHeader
            sort="difference"
            label={text('clv.column.difference', { value })}
            hint={text('clv.figure.difference.meaning')}
            {...sorting}
          >
            <AxisPlace>
              <Axis scale={scale} currency={snapshot.currency} />
            </AxisPlace>
          </SortHeader>
          <SortHeader sort="rho" label="ρ" hint={text('clv.figure.rho.meaning')} align="end" {...sorting} />
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
          <Row
            key={item.contentId}
            item={item}
            snapshot={snapshot}
            scale={scale}
            markNew={markNew}
            largestScore={largestScore}
          />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ item, snapshot, scale, markNew, largestScore }: ItemProps & { largestScore: number }) {
  const text = useText();
  const format = useFormats();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <Fragment>
      <tr>
        <td className="position">
          {format.integer(item.position)}
          <Movement position={item.position} previous={item.previousPosition} markNew={markNew} />
        </td>
        <td className="content">
          <ItemTitle item={item} />
        </td>
        <td className="figure">
          {format.integer(item.exposed)}
          <small>{text('clv.others', { n: item.unexposed })}</small>
        </td>
        {isTooEarly(item) ? (
          <td colSpan={4} className="shortfall">
            {shortfall(item, snapshot, text)}
          </td>
        ) : (
          <>
            <td className="interval">
              <LabelledInterval item={item} scale={scale} currency={snapshot.currency} />
            </td>
            <td className="figure">
              {format.coefficient(item.rho)}
              {item.rhoLow !== null && (
                <small>
                  {text('clv.interval', {
                    low: format.coefficient(item.rhoLow),
                    high: format.coefficient(item.rhoHigh),
                  })}
                </small>
              )}
            </td>
            <td className="figure">{format.probability(item.qValue)}</td>
            <td className="figure">{format.score(item.score, largestScore)}</td>
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
