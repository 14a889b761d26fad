import { StarterCards } from '../../components/StarterCards';
import { useText } from '../../text';
import { SEGMENTS } from './segments-api';
import { STARTERS } from './starter-rules';

/** Segments that many have, each to begin a new one with. */
export function Starters() {
  const text = useText();
  return (
    <StarterCards
      label={text('clv.segments.starters')}
      starters={STARTERS.map(({ key, name, what }) => ({
        to: `${SEGMENTS}/new?starter=${key}`,
        name: text(name),
        what: text(what),
      }))}
    />
  );
}
