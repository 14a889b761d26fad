import { Menu } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Fragment, useRef } from 'react';
import type { SegmentField, SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import { useText } from '../../../text';
import { FIELD_NAMES, FIELDS, type FieldGroup, GROUP_NAME } from '../fields';
import { valuesOf } from './values';

interface AddConditionProps {
  /** Which list of conditions it adds to. */
  list: string | number;
  options: SegmentOptions;
  /** Gives the id of the new condition. */
  onAdd: (field: SegmentField) => number;
  /** The menu is closed and the condition is there. */
  onAdded: (id: number) => void;
}

/** Of a list of conditions, the button that adds one. */
export const addButtonId = (list: string | number) => `add-condition-${list}`;

/** What a condition can be on, to add one; fields of which the data has no value are not offered. */
export function AddCondition({ list, options, onAdd, onAdded }: AddConditionProps) {
  const text = useText();
  const added = useRef<number | null>(null);
  const offered = FIELD_NAMES.filter(
    (field) => FIELDS[field].form !== 'choice' || valuesOf(field, options).length > 0,
  );
  return (
    <Menu.Root>
      <Menu.Trigger
        id={addButtonId(list)}
        variant="secondary"
        size="S"
        startIcon={<Plus />}
        endIcon={null}
        type="button"
      >
        {text('clv.segments.add')}
      </Menu.Trigger>
      <Menu.Content
        popoverPlacement="bottom-start"
        maxHeight="40rem"
        onCloseAutoFocus={(event) => {
          if (added.current === null) return;
          // Not back to the button: what was added is to be filled in.
          event.preventDefault();
          onAdded(added.current);
          added.current = null;
        }}
      >
        {(Object.keys(GROUP_NAME) as FieldGroup[]).map((group) => (
          <Fragment key={group}>
            <Menu.Label>{text(GROUP_NAME[group])}</Menu.Label>
            {offered
              .filter((field) => FIELDS[field].group === group)
              .map((field) => (
                <Menu.Item
                  key={field}
                  onSelect={() => {
                    added.current = onAdd(field);
                  }}
                >
                  {text(FIELDS[field].name)}
                </Menu.Item>
              ))}
          </Fragment>
        ))}
      </Menu.Content>
    </Menu.Root>
  );
}
