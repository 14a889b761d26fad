import { Field, Flex, SingleSelect, SingleSelectOption, Textarea, TextInput } from '@strapi/design-system';
import { useId } from 'react';
import { styled } from 'styled-components';
import type { FieldError, Setting } from '../../../../server/src/settings/api-types';
import { Badge } from '../../components/Badge';
import { type MessageId, useText } from '../../text';
import type { Draft } from './draft';
import { effectOf } from './effect';
import { Suggestions } from './Suggestions';
import type { FieldWords } from './sections';

const TOGETHER: Partial<Record<FieldError['code'], MessageId>> = {
  fixed: 'clv.settings.fixed',
  'own-rate': 'clv.settings.wrong.own-rate',
  'names-twice': 'clv.settings.wrong.names-twice',
  'cuts-missing': 'clv.settings.wrong.cuts-missing',
  'cuts-count': 'clv.settings.wrong.cuts-count',
  'cuts-shares': 'clv.settings.wrong.cuts-shares',
  'cuts-order': 'clv.settings.wrong.cuts-order',
};

/** What is wrong with a field, in the administrator's language. */
export const wrongText = (
  error: FieldError | undefined,
  { wrong }: Pick<FieldWords, 'wrong'>,
): MessageId | undefined => error && (TOGETHER[error.code] ?? wrong);

/** One setting: its name, what it is for, its value, where that comes from, and when a change counts. */
export function FieldRow({ field, draft }: { field: FieldWords; draft: Draft }) {
  const text = useText();
  const { path } = field;
  const setting = draft.setting(path);
  const wrong = wrongText(draft.error(path), field);
  const fixed = setting.source === 'file';
  return (
    <Row data-setting={path}>
      <Field.Root name={path} hint={text(field.what)} error={wrong && text(wrong)}>
        <Flex gap={2} wrap="wrap">
          <Field.Label>{text(field.name)}</Field.Label>
          <SourceBadge setting={setting} changed={draft.isChanged(path)} />
        </Flex>
        <Control field={field} draft={draft} disabled={fixed} />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Below field={field} draft={draft} />
    </Row>
  );
}

/** When a change counts, and the way back to the default. */
export function Below({ field, draft }: { field: FieldWords; draft: Draft }) {
  const text = useText();
  const setting = draft.setting(field.path);
  if (setting.source === 'file') return <Small>{text('clv.settings.fixed')}</Small>;
  const back = setting.source === 'saved' && !draft.isReset(field.path);
  return (
    <Small>
      {text(effectOf(setting))}{' '}
      {back && (
        <Plain
          type="button"
          aria-label={text('clv.settings.back.of', { name: text(field.name) })}
          onClick={() => draft.change({ [field.path]: null })}
        >
          {text('clv.settings.back')}
        </Plain>
      )}
    </Small>
  );
}

export function SourceBadge({ setting, changed }: { setting: Setting; changed: boolean }) {
  const text = useText();
  if (changed) return <Badge $tone="warning">{text('clv.settings.changed')}</Badge>;
  if (setting.source === 'file') return <Badge $tone="secondary">{text('clv.settings.source.file')}</Badge>;
  if (setting.source === 'saved') return <Badge $tone="success">{text('clv.settings.source.saved')}</Badge>;
  return <Badge $tone="neutral">{text('clv.settings.source.default')}</Badge>;
}

function Control({ field, draft, disabled }: { field: FieldWords; draft: Draft; disabled: boolean }) {
  const text = useText();
  const list = useId();
  const { path, kind } = field;
  const typed = String(draft.typed(path));
  const set = (value: string) => draft.change({ [path]: value });
  const onChange = (event: { target: { value: string } }) => set(event.target.value);
  if (kind === 'choice' || kind === 'switch') {
    const choices = field.choices ?? SWITCH;
    return (
      <SingleSelect value={typed} disabled={disabled} onChange={(value) => set(String(value))}>
        {choices.map(([value, name]) => (
          <SingleSelectOption key={value} value={value}>
            {text(name)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    );
  }
  if (kind === 'lines' || kind === 'rates') {
    return (
      <Textarea
        name={path}
        value={typed}
        rows={Math.min(8, Math.max(2, typed.split('\n').length))}
        disabled={disabled}
        spellCheck={false}
        onChange={onChange}
      />
    );
  }
  const shared = { name: path, value: typed, disabled, onChange, autoComplete: 'off' };
  if (kind === 'day') return <TextInput {...shared} type="date" />;
  if (kind === 'currency' || kind === 'timezone') {
    return (
      <>
        <TextInput {...shared} list={list} spellCheck={false} />
        <Suggestions id={list} of={kind} />
      </>
    );
  }
  return (
    <TextInput
      {...shared}
      inputMode="decimal"
      placeholder={kind === 'days-or-ever' ? text('clv.settings.keep.ever') : undefined}
      endAction={field.unit && <Unit>{text(field.unit)}</Unit>}
    />
  );
}

const SWITCH: [string, MessageId][] = [
  ['true', 'clv.settings.yes'],
  ['false', 'clv.settings.no'],
];

const Row = styled.div`
  display: flex;
  flex-direction: column;
  gap: 0.4rem;
  min-width: 0;
`;

const Small = styled.p`
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Unit = styled.span`
  font-size: 1.3rem;
  white-space: nowrap;
  color: ${({ theme }) => theme.colors.neutral600};
`;

export const Plain = styled.button`
  padding: 0;
  border: 0;
  background: none;
  font: inherit;
  text-decoration: underline;
  color: ${({ theme }) => theme.colors.primary600};
  cursor: pointer;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;
