import { Flex, IconButton, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { styled } from 'styled-components';
import type { SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import { useText } from '../../../text';
import { type DraftGroup, type DraftRule, emptyRule } from '../draft';
import { AddCondition } from './AddCondition';
import { focusWithin } from './focus';
import { MatchChoice } from './MatchChoice';
import { RuleRow, rowId } from './RuleRow';
import { RuleList } from './rule-list';

interface GroupBoxProps {
  group: DraftGroup;
  options: SegmentOptions;
  tried: boolean;
  onChange: (group: DraftGroup) => void;
  onRemove: () => void;
  onRemoveRule: (rule: DraftRule) => void;
}

/** Conditions that count as one. */
export function GroupBox({ group, options, tried, onChange, onRemove, onRemoveRule }: GroupBoxProps) {
  const text = useText();
  const { id, match, rules } = group;
  const missing = tried && rules.length === 0;
  return (
    <Box role="group" aria-label={text('clv.segments.group')}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3}>
        {rules.length > 1 ? (
          <MatchChoice match={match} onChange={(next) => onChange({ ...group, match: next })} group />
        ) : (
          <Typography fontWeight="semiBold" textColor="neutral700">
            {text('clv.segments.group')}
          </Typography>
        )}
        <IconButton
          variant="ghost"
          label={text('clv.segments.remove', { name: text('clv.segments.group') })}
          onClick={onRemove}
        >
          <Trash />
        </IconButton>
      </Flex>
      {rules.length > 0 && (
        <RuleList>
          {rules.map((rule) => (
            <li key={rule.id}>
              <RuleRow
                rule={rule}
                options={options}
                tried={tried}
                onChange={(next) =>
                  onChange({ ...group, rules: rules.map((one) => (one.id === next.id ? next : one)) })
                }
                onRemove={() => onRemoveRule(rule)}
              />
            </li>
          ))}
        </RuleList>
      )}
      {missing && (
        <Typography variant="pi" textColor="danger600" tag="p">
          {text('clv.segments.wrong.group')}
        </Typography>
      )}
      <div data-wrong={missing}>
        <AddCondition
          list={id}
          options={options}
          onAdd={(field) => {
            const rule = emptyRule(field);
            onChange({ ...group, rules: [...rules, rule] });
            return rule.id;
          }}
          onAdded={(rule) => focusWithin(document.getElementById(rowId(rule)))}
        />
      </div>
    </Box>
  );
}

const Box = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.2rem;
  padding: 1.2rem 1.6rem 1.6rem;
  border-radius: 6px;
  border: 1px dashed ${({ theme }) => theme.colors.neutral300};
  background: ${({ theme }) => theme.colors.neutral100};
`;
