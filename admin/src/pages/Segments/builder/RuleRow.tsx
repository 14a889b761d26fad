import { IconButton } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useId } from 'react';
import { styled } from 'styled-components';
import type { SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import { useText } from '../../../text';
import { type DraftRule, faultOf } from '../draft';
import { FIELDS } from '../fields';
import { ContentInputs } from './ContentInputs';
import { RangeInputs } from './RangeInputs';
import { ValuesInput } from './ValuesInput';

interface RuleRowProps {
  rule: DraftRule;
  options: SegmentOptions;
  /** What is missing is told only once somebody wanted to save. */
  tried: boolean;
  onChange: (rule: DraftRule) => void;
  onRemove: () => void;
}

export const rowId = (id: number) => `condition-${id}`;

/** One condition, read from its start to its end like a sentence. */
export function RuleRow({ rule, options, tried, onChange, onRemove }: RuleRowProps) {
  const text = useText();
  const nameId = useId();
  const { name, form } = FIELDS[rule.field];
  const fault = faultOf(rule);
  const shown = fault && (tried || !fault.missing) ? fault : null;
  const props = {
    rule,
    options,
    fault: shown,
    onChange: (part: Partial<DraftRule>) => onChange({ ...rule, ...part }),
  };
  return (
    <Row role="group" aria-labelledby={nameId}>
      <span id={nameId} className="name">
        {text(name)}
      </span>
      <div id={rowId(rule.id)} className="inputs">
        {form === 'choice' ? (
          <ValuesInput {...props} />
        ) : form === 'content' ? (
          <ContentInputs {...props} />
        ) : (
          <RangeInputs {...props} />
        )}
      </div>
      <IconButton
        variant="ghost"
        label={text('clv.segments.remove', { name: text(name) })}
        onClick={onRemove}
      >
        <Trash />
      </IconButton>
    </Row>
  );
}

const Row = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  align-items: start;
  gap: 0.6rem 1.2rem;
  padding: 1.2rem 1.2rem 1.2rem 1.6rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 6px;
  background: ${({ theme }) => theme.colors.neutral0};

  .name {
    padding-top: 0.6rem;
    font-size: 1.4rem;
    line-height: 2rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  .inputs {
    grid-column: 1 / -1;
    grid-row: 2;
    min-width: 0;
  }

  @media (min-width: 768px) {
    grid-template-columns: 15rem minmax(0, 1fr) auto;

    .inputs {
      grid-column: 2;
      grid-row: 1;
    }
  }
`;
