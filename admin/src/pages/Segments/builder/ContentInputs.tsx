import { styled } from 'styled-components';
import { Segments } from '../../../components/Segments';
import { kindName } from '../../../format';
import { useText } from '../../../text';
import { ContentPicker } from './ContentPicker';
import { FaultText } from './FaultText';
import { NumberField } from './NumberField';
import { PickMany } from './PickMany';
import { Pills } from './Pills';
import { Bounds } from './RangeInputs';
import type { RuleInputs } from './rule-inputs';

const FEW = 8;

/** Who read something, or did not: items, types or topics, of late and how much. */
export function ContentInputs({ rule, options, fault, onChange }: RuleInputs) {
  const text = useText();
  const { did, contents, kinds, topics, withinDays, atLeast } = rule;
  const error = (part: 'withinDays' | 'atLeast') => (fault?.part === part ? text(fault.message) : null);
  const named = (values: string[], name: (value: string) => string) =>
    values.map((value) => ({ value, name: name(value) }));
  const Topics = options.topics.length <= FEW ? Pills : PickMany;
  return (
    <Parts>
      <div>
        <Segments
          label={text('clv.segments.content.did')}
          value={did ? 'read' : 'not'}
          options={[
            ['read', text('clv.segments.content.read')],
            ['not', text('clv.segments.content.not-read')],
          ]}
          onChange={(next) => onChange({ did: next === 'read' })}
        />
      </div>
      <div data-wrong={fault?.part === 'is'}>
        <p aria-hidden>{text('clv.segments.content.items')}</p>
        <ContentPicker chosen={contents} onChange={(next) => onChange({ contents: next })} />
      </div>
      {options.kinds.length > 0 && (
        <div>
          <p aria-hidden>{text('clv.segments.content.kinds')}</p>
          <Pills
            label={text('clv.segments.content.kinds')}
            choices={named(options.kinds, kindName)}
            chosen={kinds}
            error={null}
            onChange={(next) => onChange({ kinds: next })}
          />
        </div>
      )}
      {options.topics.length > 0 && (
        <div>
          <p aria-hidden>{text('clv.segments.content.topics')}</p>
          <Topics
            label={text('clv.segments.content.topics')}
            choices={named(options.topics, String)}
            chosen={topics}
            error={null}
            onChange={(next) => onChange({ topics: next })}
          />
        </div>
      )}
      {fault?.part === 'is' && <FaultText id={`content-${rule.id}`}>{text(fault.message)}</FaultText>}
      <Bounds>
        <NumberField
          label={text('clv.segments.content.within')}
          unit={text('clv.segments.unit.days')}
          value={withinDays}
          error={error('withinDays')}
          onChange={(next) => onChange({ withinDays: next })}
        />
        <NumberField
          label={text('clv.segments.low')}
          unit={text('clv.segments.unit.items')}
          value={atLeast}
          error={error('atLeast')}
          onChange={(next) => onChange({ atLeast: next })}
        />
      </Bounds>
    </Parts>
  );
}

const Parts = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.2rem;

  > div > p:first-child {
    margin: 0 0 0.4rem;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
