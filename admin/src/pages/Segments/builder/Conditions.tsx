import { Button, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useState } from 'react';
import type { SegmentField, SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { useText } from '../../../text';
import {
  type Draft,
  type DraftEntry,
  type DraftGroup,
  type DraftRule,
  emptyGroup,
  emptyRule,
  isGroup,
} from '../draft';
import { FIELDS } from '../fields';
import { AddCondition, addButtonId } from './AddCondition';
import { focusWithin } from './focus';
import { GroupBox } from './GroupBox';
import { MatchChoice } from './MatchChoice';
import { RuleRow, rowId } from './RuleRow';
import { RuleList } from './rule-list';

interface ConditionsProps {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  options: SegmentOptions;
  tried: boolean;
}

const MAIN = 'main';

/** Who is in the segment: conditions, and groups of them one deep. */
export function Conditions({ draft, change, options, tried }: ConditionsProps) {
  const text = useText();
  const [said, setSaid] = useState('');
  const { match, entries } = draft;
  const replace = (next: DraftEntry) =>
    change({ entries: entries.map((entry) => (entry.id === next.id ? next : entry)) });

  function add(field: SegmentField): number {
    const rule = emptyRule(field);
    change({ entries: [...entries, rule] });
    return rule.id;
  }
  function addGroup() {
    const group = emptyGroup(match);
    change({ entries: [...entries, group] });
    setSaid(text('clv.segments.group.added'));
    requestAnimationFrame(() => document.getElementById(addButtonId(group.id))?.focus());
  }
  function remove({ id }: DraftEntry, name: string) {
    change({ entries: entries.filter((entry) => entry.id !== id) });
    setSaid(text('clv.segments.removed', { name }));
    requestAnimationFrame(() => document.getElementById(addButtonId(MAIN))?.focus());
  }
  function removeFrom(group: DraftGroup, rule: DraftRule) {
    replace({ ...group, rules: group.rules.filter(({ id }) => id !== rule.id) });
    setSaid(text('clv.segments.removed', { name: text(FIELDS[rule.field].name) }));
    requestAnimationFrame(() => document.getElementById(addButtonId(group.id))?.focus());
  }

  return (
    <Card aria-label={text('clv.segments.who')}>
      <Typography tag="h3" variant="delta">
        {text('clv.segments.who')}
      </Typography>
      {entries.length > 1 && (
        <MatchChoice match={match} onChange={(next) => change({ match: next })} group={false} />
      )}
      {entries.length > 0 && (
        <RuleList>
          {entries.map((entry) => (
            <li key={entry.id}>
              {isGroup(entry) ? (
                <GroupBox
                  group={entry}
                  options={options}
                  tried={tried}
                  onChange={replace}
                  onRemove={() => remove(entry, text('clv.segments.group'))}
                  onRemoveRule={(rule) => removeFrom(entry, rule)}
                />
              ) : (
                <RuleRow
                  rule={entry}
                  options={options}
                  tried={tried}
                  onChange={replace}
                  onRemove={() => remove(entry, text(FIELDS[entry.field].name))}
                />
              )}
            </li>
          ))}
        </RuleList>
      )}
      {entries.length === 0 && (
        <Typography textColor={tried ? 'danger600' : 'neutral600'} role={tried ? 'alert' : undefined}>
          {text('clv.segments.wrong.empty')}
        </Typography>
      )}
      <Flex gap={2} wrap="wrap" data-wrong={tried && entries.length === 0}>
        <AddCondition
          list={MAIN}
          options={options}
          onAdd={add}
          onAdded={(id) => focusWithin(document.getElementById(rowId(id)))}
        />
        <Button variant="tertiary" size="S" startIcon={<Plus />} onClick={addGroup}>
          {text('clv.segments.group.add')}
        </Button>
      </Flex>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Card>
  );
}
