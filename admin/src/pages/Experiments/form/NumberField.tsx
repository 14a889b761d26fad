import { Box, Field, TextInput } from '@strapi/design-system';

interface NumberFieldProps {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  /** Stands behind the figure. */
  unit?: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
}

/** A figure to type; an empty field is no number, and said to be wrong. */
export function NumberField({
  name,
  label,
  hint,
  error,
  unit,
  value,
  onChange,
  ...limits
}: NumberFieldProps) {
  return (
    <Field.Root name={name} error={error} hint={hint}>
      <Field.Label>{label}</Field.Label>
      <TextInput
        type="number"
        name={name}
        value={Number.isNaN(value) ? '' : String(value)}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        endAction={unit && <Box aria-hidden>{unit}</Box>}
        {...limits}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
