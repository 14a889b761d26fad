import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Mover, WidgetData } from '../../../server/src/activation/start/api-types';
import { Movement } from '../components/Movement';
import { PLUGIN_ID } from '../plugin';
import { useText } from '../text';

/** Which items rose and fell most since the run before. */
export function Movers({
  ranking: { at, up, down, compared },
}: {
  ranking: NonNullable<WidgetData['ranking']>;
}) {
  const text = useText();
  if (at === null) return null;
  if (up.length === 0 && down.length === 0)
    return <p>{text(compared ? 'clv.widget.unmoved' : 'clv.widget.first')}</p>;
  return (
    <Lists>
      <Moves name={text('clv.widget.up')} movers={up} />
      <Moves name={text('clv.widget.down')} movers={down} />
    </Lists>
  );
}

function Moves({ name, movers }: { name: string; movers: Mover[] }) {
  if (movers.length === 0) return null;
  return (
    <div>
      <h3>{name}</h3>
      <ul>
        {movers.map(({ contentId, title, position, previousPosition }) => (
          <li key={contentId}>
            <Movement position={position} previous={previousPosition} />
            <Link to={`/plugins/${PLUGIN_ID}/rankings/item/${contentId}`} title={title} dir="auto">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

const Lists = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
  gap: 1.2rem 1.6rem;

  h3 {
    margin: 0 0 0.4rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: 3.2rem minmax(0, 1fr);
    align-items: baseline;
    padding: 0.2rem 0;
  }

  li a {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 1.3rem;
    line-height: 1.8rem;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
