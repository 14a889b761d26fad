import type { RankingPage } from '../../../../server/src/ranking/api-types';
import { Choice } from '../../components/Choice';
import { dimensionName } from '../../groups';
import { useText } from '../../text';
import { parts } from './SliceChoice';

interface GroupChoiceProps {
  groups: RankingPage['facets']['groups'];
  /** "author:Jane Doe" */
  chosen: string | undefined;
  onChoose: (group: string | undefined) => void;
}

/** All content, or that of one author, category or the like; one choice for each kind of group. */
export function GroupChoice({ groups, chosen, onChoose }: GroupChoiceProps) {
  const text = useText();
  const [of, value] = parts(chosen);
  return groups.map(({ by, values }) => {
    const name = dimensionName(by, text);
    const mine = of === by ? value : undefined;
    // One chosen elsewhere may be beyond the first values.
    const all = mine !== undefined && !values.includes(mine) ? [mine, ...values] : values;
    return (
      <Choice
        key={by}
        label={name}
        all={text('clv.group-by.all', { name })}
        value={mine}
        options={all.map((one) => [one, one])}
        onChange={(one) => onChoose(one === undefined ? undefined : `${by}:${one}`)}
        evenOne
      />
    );
  });
}
