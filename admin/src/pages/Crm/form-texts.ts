import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { FormField } from '../../../../server/src/crm/sync/api-types';

export interface FormTexts {
  label(field: FormField): string;
  help(field: FormField): string | undefined;
  choice(field: FormField, value: string, label: string): string;
}

/**
 * The texts of a kind's form in the administrator's language. Kinds that an app registers from code have no
 * translations: theirs are the texts that they came with.
 */
export function useFormTexts(kind: string): FormTexts {
  const { formatMessage, messages } = useIntl();
  return useMemo(() => {
    const say = (key: string, otherwise: string) => {
      const id = `clv.crm.form.${kind}.${key}`;
      return id in messages ? formatMessage({ id }) : otherwise;
    };
    return {
      label: ({ name, label }) => say(name, label),
      help: ({ name, help }) => (help === undefined ? undefined : say(`${name}.help`, help)),
      choice: ({ name }, value, label) => say(`${name}.${value}`, label),
    };
  }, [kind, formatMessage, messages]);
}
