import { styled } from 'styled-components';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';
import { TileCard } from './TileCard';
import { TILE_GROUPS } from './tile-words';

/** The key figures in the order in which they are read; one that the report does not hold is not there. */
export function Tiles({ run, report }: SectionProps) {
  const text = useText();
  const groups = TILE_GROUPS.map(({ name, keys }) => ({
    name,
    tiles: keys.flatMap((key) => report.tiles.filter((tile) => tile.key === key)),
  })).filter(({ tiles }) => tiles.length > 0);
  return (
    <Groups>
      {groups.map(({ name, tiles }) => (
        <section key={name} aria-label={text(name)}>
          <h3>{text(name)}</h3>
          <ul>
            {tiles.map((tile) => (
              <TileCard key={tile.key} tile={tile} currency={run.currency} />
            ))}
          </ul>
        </section>
      ))}
    </Groups>
  );
}

const Groups = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.6rem;

  h3 {
    margin: 0 0 0.8rem;
    font-size: 1.2rem;
    line-height: 1.6rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  ul {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 1.2rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  /* Six at most to a group: they fill their rows at each of these widths. */
  @media (min-width: 1700px) {
    ul {
      grid-template-columns: repeat(6, 1fr);
    }
  }

  @media (max-width: 900px) {
    ul {
      grid-template-columns: repeat(2, 1fr);
    }
  }

  @media (max-width: 560px) {
    ul {
      grid-template-columns: 1fr;
    }
  }
`;
