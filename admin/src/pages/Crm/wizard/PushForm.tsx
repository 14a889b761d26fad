import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Capabilities, InsightField, PushSettings } from '../../../../../server/src/crm/sync/api-types';
import { kindName } from '../../../format';
import { useText } from '../../../text';
import { INSIGHT, INSIGHT_FIELDS } from '../words';
import { useContentKinds } from './content-kinds';
import { Checks, Tick } from './Tick';

interface PushFormProps {
  capabilities: Capabilities;
  push: PushSettings;
  onChange: (push: PushSettings) => void;
}

const toggled = <T,>(all: readonly T[], one: T, on: boolean) =>
  on ? [...all, one] : all.filter((other) => other !== one);

/** What the CRM is told of each customer, and which downloads become notes there. */
export function PushForm({ capabilities, push, onChange }: PushFormProps) {
  const text = useText();
  const kinds = useContentKinds(push.noteKinds);
  if (!capabilities.push)
    return <Typography textColor="neutral700">{text('clv.crm.push.cannot')}</Typography>;
  return (
    <>
      <Tick checked={push.enabled} onChange={(enabled) => onChange({ ...push, enabled })}>
        <b>{text('clv.crm.push.enabled')}</b>
        {text('clv.crm.push.enabled.what')}
      </Tick>
      {push.enabled && (
        <Checks>
          <legend>{text('clv.crm.push.fields')}</legend>
          {INSIGHT_FIELDS.map((field: InsightField) => (
            <Tick
              key={field}
              checked={push.fields.includes(field)}
              onChange={(on) => onChange({ ...push, fields: toggled(push.fields, field, on) })}
            >
              <b>{text(INSIGHT[field].name)}</b>
              {text(INSIGHT[field].what)}
              {INSIGHT[field].reading && <small>{text('clv.crm.push.reading')}</small>}
            </Tick>
          ))}
        </Checks>
      )}
      {push.enabled && capabilities.notes && (
        <Checks>
          <legend>{text('clv.crm.push.notes')}</legend>
          <Help>{text(kinds.length > 0 ? 'clv.crm.push.notes.what' : 'clv.crm.push.notes.none')}</Help>
          {kinds.map((kind) => (
            <Tick
              key={kind}
              checked={push.noteKinds.includes(kind)}
              onChange={(on) => onChange({ ...push, noteKinds: toggled(push.noteKinds, kind, on) })}
            >
              <b>{kindName(kind)}</b>
            </Tick>
          ))}
        </Checks>
      )}
    </>
  );
}

const Help = styled.p`
  grid-column: 1 / -1;
  color: ${({ theme }) => theme.colors.neutral600};
`;
