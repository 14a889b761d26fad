import { useText } from '../../../text';
import { FIELDS } from '../fields';
import { valueName } from '../sentence';
import { PickMany } from './PickMany';
import { Pills } from './Pills';
import type { RuleInputs } from './rule-inputs';
import { valuesOf } from './values';

/** So many are all shown; more are found by typing. */
const FEW = 8;

/** Any of some values. */
export function ValuesInput({ rule, options, fault, onChange }: RuleInputs) {
  const text = useText();
  const { field, is } = rule;
  const known = valuesOf(field, options);
  // What was chosen once stays to be seen, also when the data has it no more.
  const all = [...known, ...is.filter((value) => !known.includes(value))];
  const choices = all.map((value) => ({ value, name: valueName(field, value, text) }));
  const shared = {
    label: text('clv.segments.is', { name: text(FIELDS[field].name) }),
    chosen: is,
    error: fault && text(fault.message),
    onChange: (next: string[]) => onChange({ is: next }),
  };
  return all.length <= FEW ? (
    <Pills {...shared} choices={choices} />
  ) : (
    <PickMany {...shared} choices={choices} />
  );
}
