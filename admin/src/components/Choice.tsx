import { Box, SingleSelect, SingleSelectOption } from '@strapi/design-system';

interface ChoiceProps {
  label: string;
  /** What stands for all of them; without it one is always chosen. */
  all?: string;
  value: string | undefined;
  options: [value: string, name: string][];
  onChange: (value: string | undefined) => void;
  /** One channel is a choice (that one or all), one type or language is not. */
  evenOne?: boolean;
}

/** The design system's select takes no empty value, so "all" needs one of its own. */
const ALL = '*';

/** One of some values, or all. A choice with nothing to choose from is not there. */
export function Choice({ label, all, value, options, onChange, evenOne = false }: ChoiceProps) {
  if (options.length < (evenOne ? 1 : 2) && !value) return null;
  return (
    <Box flex="1 1 14rem" maxWidth={{ medium: '20rem' }}>
      <SingleSelect
        size="S"
        aria-label={label}
        value={value ?? ALL}
        onChange={(chosen) => onChange(chosen === ALL ? undefined : String(chosen))}
      >
        {all && <SingleSelectOption value={ALL}>{all}</SingleSelectOption>}
        {options.map(([option, name]) => (
          <SingleSelectOption key={option} value={option}>
            {name}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}
