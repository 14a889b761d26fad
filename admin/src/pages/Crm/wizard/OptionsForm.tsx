import {
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
  VisuallyHidden,
} from '@strapi/design-system';
import type { ClipboardEvent } from 'react';
import { styled } from 'styled-components';
import type { FormField, KindInfo } from '../../../../../server/src/crm/sync/api-types';
import { useText } from '../../../text';
import { useFormTexts } from '../form-texts';
import { isShown, type Typed } from '../options';

interface OptionsFormProps {
  kind: KindInfo;
  typed: Typed;
  onChange: (typed: Typed) => void;
  /** Secrets that are stored: they are never shown. */
  secretsSet: readonly string[];
  /** What is wrong, by field. */
  errors: Record<string, string>;
}

/** What a kind of CRM asks for. */
export function OptionsForm({ kind, typed, onChange, secretsSet, errors }: OptionsFormProps) {
  const { form } = kind;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      {form
        .filter((field) => isShown(field, form, typed))
        .map((field) => (
          <Entry
            key={field.name}
            kind={kind.kind}
            field={field}
            value={typed[field.name] ?? ''}
            stored={secretsSet.includes(field.name)}
            error={errors[field.name]}
            onChange={(value) => onChange({ ...typed, [field.name]: value })}
          />
        ))}
    </Flex>
  );
}

interface EntryProps {
  kind: string;
  field: FormField;
  value: string;
  stored: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Entry({ kind, field, value, stored, error, onChange }: EntryProps) {
  const text = useText();
  const texts = useFormTexts(kind);
  const { name, type, required, placeholder } = field;
  const secret = type === 'secret';
  const shared = {
    // The first wrong one gets the focus by its name.
    name: `option-${name}`,
    placeholder: secret && stored ? text('clv.crm.form.stored') : placeholder,
    value,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <Field.Root
      name={shared.name}
      hint={texts.help(field)}
      error={error}
      required={required && !(secret && stored)}
    >
      <Field.Label>{texts.label(field)}</Field.Label>
      {type === 'choice' ? (
        <SingleSelect value={value} onChange={(chosen) => onChange(String(chosen))}>
          {(field.choices ?? []).map((choice) => (
            <SingleSelectOption key={choice.value} value={choice.value}>
              {texts.choice(field, choice.value, choice.label)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      ) : type === 'multiline' || type === 'json' ? (
        <Code>
          <Textarea {...shared} rows={type === 'json' && required ? 14 : 6} spellCheck={false} />
        </Code>
      ) : (
        <TextInput
          {...shared}
          type={secret ? 'password' : type === 'url' ? 'url' : 'text'}
          onPaste={(event) => secret && keepLines(event, onChange)}
          // A password manager must not fill the administrator's own in.
          autoComplete={secret ? 'new-password' : 'off'}
        />
      )}
      <Field.Hint />
      <Field.Error />
      {secret && stored && <VisuallyHidden>{text('clv.crm.form.stored')}</VisuallyHidden>}
    </Field.Root>
  );
}

/** A field of one line would take the line breaks out of a key that is pasted into it. */
function keepLines(event: ClipboardEvent, onChange: (value: string) => void) {
  const pasted = event.clipboardData.getData('text');
  if (!pasted.trim().includes('\n')) return;
  event.preventDefault();
  onChange(pasted);
}

const Code = styled.div`
  textarea {
    font-family: ui-monospace, monospace;
    font-size: 1.3rem;
    line-height: 1.8rem;
  }
`;
