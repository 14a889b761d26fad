import { styled } from 'styled-components';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { FIELDS } from '../fields';
import { currencySign } from './currency-sign';
import { NumberField } from './NumberField';
import type { RuleInputs } from './rule-inputs';

/** A figure between two bounds, either of which may be left open. */
export function RangeInputs({ rule, options, fault, onChange }: RuleInputs) {
  const text = useText();
  const format = useFormats();
  const { form } = FIELDS[rule.field];
  const unit = {
    money: currencySign(options.currency, format.language),
    percent: '%',
    days: text('clv.segments.unit.days-ago'),
    count: text('clv.segments.unit.orders'),
    score: text('clv.segments.unit.score'),
    choice: '',
    content: '',
  }[form];
  const error = (part: 'low' | 'high') => (fault?.part === part ? text(fault.message) : null);
  return (
    <Bounds>
      <NumberField
        label={text('clv.segments.low')}
        unit={unit}
        value={rule.low}
        error={error('low')}
        onChange={(low) => onChange({ low })}
      />
      <NumberField
        label={text('clv.segments.high')}
        unit={unit}
        value={rule.high}
        error={error('high')}
        onChange={(high) => onChange({ high })}
      />
    </Bounds>
  );
}

export const Bounds = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 0.8rem 2.4rem;
`;
