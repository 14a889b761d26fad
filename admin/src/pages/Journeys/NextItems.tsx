import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Figure } from '../../../../server/src/clv/api-types';
import type {
  ItemJourneys,
  JourneysReport,
  NextItem,
} from '../../../../server/src/ranking/journeys/api-types';
import { PlainTable } from '../../components/PlainTable';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import { useLiftWords } from './lift-words';
import type { Names } from './names';
import { Stacked } from './Stacked';

interface NextItemsProps {
  item: ItemJourneys;
  report: Pick<JourneysReport, 'fewest' | 'currency'>;
  names: Names;
  onChoose: (contentId: number) => void;
}

/** Columns whose meaning takes a sentence. */
const COMPARED: [name: MessageId, meaning: MessageId][] = [
  ['clv.journeys.column.next-share', 'clv.journeys.column.next-share.hint'],
  ['clv.journeys.column.lift', 'clv.journeys.column.lift.hint'],
  ['clv.journeys.column.later', 'clv.journeys.column.later.hint'],
  ['clv.journeys.column.later-lift', 'clv.journeys.column.later-lift.hint'],
];

/** What was read next after an item, the most frequent first, and what became of who did. */
export function NextItems({ item, report, names, onChoose }: NextItemsProps) {
  const text = useText();
  const title = text('clv.journeys.item.next');
  const most = Math.max(...item.next.map(({ persons }) => persons), 1);
  const { ordered, reading, left } = item.last;
  return (
    <div>
      <Typography tag="h4" variant="sigma" textColor="neutral600">
        {title}
      </Typography>
      <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1} paddingBottom={3}>
        {text('clv.journeys.item.last', { ordered, open: reading + left })}
      </Typography>
      {item.next.length === 0 ? (
        <Typography textColor="neutral700">
          {text('clv.journeys.paths.none', { n: report.fewest })}
        </Typography>
      ) : (
        <PlainTable label={title}>
          <thead>
            <tr>
              <th scope="col">{text('clv.column.title')}</th>
              <th scope="col" className="end">
                {text('clv.column.people')}
              </th>
              {COMPARED.map(([name, hint]) => (
                <th key={name} scope="col" className="end" title={text(hint)}>
                  {text(name)}
                </th>
              ))}
              <th scope="col" className="end">
                {text('clv.journeys.column.mean')}
              </th>
            </tr>
          </thead>
          <tbody>
            {item.next.map((next) => (
              <NextRow
                key={next.contentId}
                next={next}
                name={names.title(next.contentId)}
                most={most}
                currency={report.currency}
                onChoose={onChoose}
              />
            ))}
          </tbody>
        </PlainTable>
      )}
      {item.next.length > 0 && (
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={3}>
          {COMPARED.map(([name, hint]) => `${text(name)}: ${text(hint)}`).join(' · ')}
        </Typography>
      )}
    </div>
  );
}

interface NextRowProps {
  next: NextItem;
  name: string;
  /** People of the most frequent one. */
  most: number;
  currency: string;
  onChoose: (contentId: number) => void;
}

function NextRow({ next, name, most, currency, onChoose }: NextRowProps) {
  const format = useFormats();
  const words = useFigureWords(currency);
  const lift = useLiftWords();
  const stacked = (figure: Figure, unit: 'share' | 'money') => (
    <Stacked figure={words.figure(figure, unit)} isKnown={isEstimate(figure)}>
      {isEstimate(figure) ? words.interval(figure, unit) : undefined}
    </Stacked>
  );
  const multiple = (figure: Figure) => (
    <Stacked
      figure={`${lift.isMore(figure) ? '▲ ' : lift.isLess(figure) ? '▼ ' : ''}${lift.figure(figure)}`}
      isKnown={isEstimate(figure)}
      tone={lift.isMore(figure) ? 'good' : lift.isLess(figure) ? 'bad' : undefined}
    >
      {lift.interval(figure)}
    </Stacked>
  );
  return (
    <tr>
      <th scope="row" className="wrap">
        <Choose type="button" dir="auto" onClick={() => onChoose(next.contentId)}>
          {name}
        </Choose>
        <Bar aria-hidden>
          <i style={{ width: `${(100 * next.persons) / most}%` }} />
        </Bar>
      </th>
      <td className="end">{format.integer(next.persons)}</td>
      <td className="end">{stacked(next.share, 'share')}</td>
      <td className="end">{multiple(next.lift)}</td>
      <td className="end">{stacked(next.conversion, 'share')}</td>
      <td className="end">{multiple(next.conversionLift)}</td>
      <td className="end">{stacked(next.value, 'money')}</td>
    </tr>
  );
}

const Choose = styled.button`
  padding: 0;
  border: 0;
  background: none;
  font: inherit;
  text-align: start;
  color: ${({ theme }) => theme.colors.primary600};
  cursor: pointer;

  &:hover {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;

const Bar = styled.span`
  display: block;
  height: 0.4rem;
  max-width: 20rem;
  margin-top: 0.6rem;
  border-radius: 2px;
  background: ${({ theme }) => theme.colors.neutral150};

  i {
    display: block;
    height: 100%;
    border-radius: 2px;
    background: ${({ theme }) => theme.colors.primary600};
  }
`;
