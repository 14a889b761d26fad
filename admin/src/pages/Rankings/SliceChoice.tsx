import type { RankingPage } from '../../../../server/src/ranking/api-types';
import { Choice } from '../../components/Choice';
import { useFormats } from '../../format';
import { divisionName, sliceName } from '../../slices';
import { useText } from '../../text';

interface SliceChoiceProps {
  slices: RankingPage['facets']['slices'];
  /** "channel:ads" */
  chosen: string | undefined;
  onChoose: (slice: string | undefined) => void;
}

/** Everyone, or a part of the people: each with what divides, so that one choice is enough. */
export function SliceChoice({ slices, chosen, onChoose }: SliceChoiceProps) {
  const text = useText();
  const format = useFormats();
  const name = (of: string, part: string) =>
    text('clv.slice.part', { of: divisionName(of, text), slice: sliceName(of, part, text, format) });
  return (
    <Choice
      label={text('clv.slice.of')}
      all={text('clv.slice.everyone')}
      value={chosen}
      options={slices.flatMap(({ of, values }) =>
        values.map((part): [string, string] => [`${of}:${part}`, name(of, part)]),
      )}
      onChange={onChoose}
      evenOne
    />
  );
}

/** What divides, and the part, of "channel:ads". */
export function parts(slice: string | undefined): [of: string | undefined, value: string | undefined] {
  const colon = slice?.indexOf(':') ?? -1;
  return slice === undefined || colon < 0
    ? [undefined, undefined]
    : [slice.slice(0, colon), slice.slice(colon + 1)];
}
