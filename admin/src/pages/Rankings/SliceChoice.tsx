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

/** Everyone, or a part of the people: first what divides them, then which part. */
export function SliceChoice({ slices, chosen, onChoose }: SliceChoiceProps) {
  const text = useText();
  const format = useFormats();
  const [of, value] = parts(chosen);
  const parted = slices.find((one) => one.of === of);
  return (
    <>
      <Choice
        label={text('clv.slice.of')}
        all={text('clv.slice.everyone')}
        value={of}
        options={slices.map((one) => [one.of, divisionName(one.of, text)])}
        onChange={(by) => {
          const first = slices.find((one) => one.of === by)?.values[0];
          onChoose(by && first !== undefined ? `${by}:${first}` : undefined);
        }}
        evenOne
      />
      {of && parted && value !== undefined && (
        <Choice
          label={divisionName(of, text)}
          value={value}
          options={parted.values.map((one) => [one, sliceName(of, one, text, format)])}
          onChange={(one) => onChoose(one === undefined ? undefined : `${of}:${one}`)}
          evenOne
        />
      )}
    </>
  );
}

/** What divides, and the part, of "channel:ads". */
export function parts(slice: string | undefined): [of: string | undefined, value: string | undefined] {
  const colon = slice?.indexOf(':') ?? -1;
  return slice === undefined || colon < 0
    ? [undefined, undefined]
    : [slice.slice(0, colon), slice.slice(colon + 1)];
}
