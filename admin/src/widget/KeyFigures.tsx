import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { WidgetData } from '../../../server/src/activation/start/api-types';
import { isEstimate } from '../figure';
import { useFormats } from '../format';
import { PLUGIN_ID } from '../plugin';
import { useText } from '../text';

const BASE = `/plugins/${PLUGIN_ID}`;

/** CLV:CAC against its target, how the CRMs fare, and how old the ranking is: each a way to its page. */
export function KeyFigures({ data: { ranking, value, sync } }: { data: WidgetData }) {
  const text = useText();
  const format = useFormats();
  return (
    <List>
      {value && <Ratio value={value} />}
      {sync && <Sync sync={sync} />}
      {ranking && (
        <div>
          <dt>
            <Link to={BASE}>{text('clv.widget.run')}</Link>
          </dt>
          <dd>
            {ranking.at === null ? (
              <b>–</b>
            ) : (
              <time dateTime={new Date(ranking.at).toISOString()} title={format.dateTime(ranking.at)}>
                <b>{format.ago(ranking.at)}</b>
              </time>
            )}
          </dd>
        </div>
      )}
    </List>
  );
}

function Ratio({ value: { ratio, target } }: { value: NonNullable<WidgetData['value']> }) {
  const text = useText();
  const format = useFormats();
  const known = isEstimate(ratio) ? ratio.value : null;
  const reached = known !== null && target !== null && known >= target;
  return (
    <div>
      <dt>
        <Link to={`${BASE}/value`}>{text('clv.tile.ratio')}</Link>
      </dt>
      <dd>
        <b>{format.ratio(known)}</b>
        {known === null ? (
          <span>{text('clv.widget.ratio.none')}</span>
        ) : (
          target !== null && (
            <span className={reached ? 'good' : 'bad'}>
              <span aria-hidden>{reached ? '▲' : '▼'}</span>{' '}
              {text(reached ? 'clv.tile.target.reached' : 'clv.tile.target.missed', {
                target: format.ratio(target),
              })}
            </span>
          )
        )}
      </dd>
    </div>
  );
}

function Sync({ sync: { connections, failing } }: { sync: NonNullable<WidgetData['sync']> }) {
  const text = useText();
  const [first] = failing;
  return (
    <div>
      <dt>
        <Link to={first ? `${BASE}/crm/${encodeURIComponent(first.id)}` : `${BASE}/crm`}>
          {text('clv.nav.crm')}
        </Link>
      </dt>
      <dd>
        <b>
          {connections === 0
            ? text('clv.widget.sync.none')
            : text('clv.widget.sync', { n: connections - failing.length, of: connections })}
        </b>
        {first && (
          <span className="bad">
            <span aria-hidden>!</span>{' '}
            {text('clv.widget.sync.failing', { name: first.name, n: failing.length - 1 })}
          </span>
        )}
      </dd>
    </div>
  );
}

const List = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
  gap: 1.2rem 1.6rem;
  margin: 0;

  dd {
    display: flex;
    flex-direction: column;
    margin: 0;
    overflow-wrap: anywhere;
  }

  b {
    font-size: 1.6rem;
    line-height: 2.4rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  .good {
    color: ${({ theme }) => theme.colors.success700};
  }

  .bad {
    color: ${({ theme }) => theme.colors.danger700};
  }
`;
