import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { PlainTable } from '../../components/PlainTable';
import { type Formats, useFormats } from '../../format';
import { type MessageId, type Text, useText } from '../../text';
import type { Compared } from './pairs';

/** Every figure of the items, a column each. */
export function FiguresBeside({ items, snapshot }: { items: Compared[]; snapshot: SnapshotHead }) {
  const text = useText();
  const format = useFormats();
  const rows = rowsOf(snapshot, text, format);
  return (
    <Card aria-label={text('clv.compare.figures')}>
      <Typography tag="h3" variant="delta">
        {text('clv.compare.figures')}
      </Typography>
      <PlainTable label={text('clv.chart.figures', { title: text('clv.compare.title') })}>
        <thead>
          <tr>
            <th scope="col">{text('clv.compare.figure')}</th>
            {items.map(({ item }) => (
              <Title key={item.contentId} scope="col" className="end">
                {item.title}
              </Title>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, write]) => (
            <tr key={name}>
              <th scope="row">{text(name)}</th>
              {items.map(({ item }) => (
                <td key={item.contentId} className="end">
                  {write(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

/** Titles are longer than figures. */
const Title = styled.th`
  && {
    min-width: 14rem;
    white-space: normal;
    vertical-align: bottom;
  }
`;

type Write = (item: RankedItem) => string;

function rowsOf({ currency }: SnapshotHead, text: Text, format: Formats): [MessageId, Write][] {
  const span = (figure: string, low: string, high: string) =>
    `${figure} (${text('clv.interval', { low, high })})`;
  const withInterval =
    (
      value: (item: RankedItem) => [number | null, number | null, number | null],
      write: (value: number, beside: number) => string,
      end = write,
    ): Write =>
    (item) => {
      const [figure, low, high] = value(item);
      if (figure === null) return '–';
      if (low === null || high === null) return write(figure, figure);
      return span(write(figure, figure), end(low, figure), end(high, figure));
    };
  const signed = (value: number, beside: number) => format.signedMoney(value, currency, beside);
  const money = (value: number, beside: number) => format.money(value, currency, beside);
  return [
    ['clv.column.position', (item) => format.integer(item.position)],
    ['clv.column.readers', (item) => format.integer(item.exposed)],
    ['clv.group.others', (item) => format.integer(item.unexposed)],
    ['clv.measure.excess', withInterval((i) => [i.excess, i.excessLow, i.excessHigh], format.share)],
    ['clv.figure.q', (item) => format.probability(item.qValue)],
    ['clv.figure.score', (item) => format.share(item.score)],
    [
      'clv.measure.adjusted',
      withInterval(
        (i) => [i.adjustedDifference, i.adjustedDifferenceLow, i.adjustedDifferenceHigh],
        signed,
        money,
      ),
    ],
    [
      'clv.figure.adjusted-rho',
      withInterval((i) => [i.adjustedRho, i.adjustedRhoLow, i.adjustedRhoHigh], format.coefficient),
    ],
    [
      'clv.compare.plain',
      withInterval((i) => [i.difference, i.differenceLow, i.differenceHigh], signed, money),
    ],
    ['clv.figure.rho', withInterval((i) => [i.rho, i.rhoLow, i.rhoHigh], format.coefficient)],
    ['clv.compare.mean-readers', (item) => format.money(item.meanExposed, currency)],
    ['clv.compare.mean-others', (item) => format.money(item.meanUnexposed, currency)],
    [
      'clv.figure.customers',
      (item) =>
        text('clv.figure.customers.value', {
          already: format.integer(item.readersAlreadyCustomers),
          readers: format.integer(item.readers),
        }),
    ],
  ];
}
