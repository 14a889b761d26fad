import { Segments } from '../../../components/Segments';
import { useText } from '../../../text';
import type { Match } from '../draft';

interface MatchChoiceProps {
  match: Match;
  onChange: (match: Match) => void;
  /** Of a group rather than of the whole. */
  group: boolean;
}

/** Whether all conditions must hold, or any of them. */
export function MatchChoice({ match, onChange, group }: MatchChoiceProps) {
  const text = useText();
  return (
    <div>
      <Segments
        label={text(group ? 'clv.segments.match.group' : 'clv.segments.match')}
        value={match}
        options={[
          ['all', text('clv.segments.match.all')],
          ['any', text('clv.segments.match.any')],
        ]}
        onChange={onChange}
      />
    </div>
  );
}
