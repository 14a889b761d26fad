import {
  Box,
  Button,
  Field,
  IconButton,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { styled } from 'styled-components';
import type { Strategy } from '../../../../../server/src/activation/experiments/api-types';
import { useText } from '../../../text';
import { STRATEGIES, STRATEGY } from '../words';
import type { Draft, DraftVariant } from './draft';
import { NumberField } from './NumberField';

const MOST = 4;
/** The first that no variant has yet. */
const nextStrategy = (variants: DraftVariant[]): Strategy =>
  STRATEGIES.find((one) => variants.every(({ strategy }) => strategy !== one)) ?? 'recommended';

interface VariantsProps {
  draft: Draft;
  errors: Record<string, string>;
  onChange: (variants: DraftVariant[]) => void;
}

/** What those get who are not held out: one idea, or several against each other. */
export function Variants({ draft: { variants }, errors, onChange }: VariantsProps) {
  const text = useText();
  const change = (key: string, part: Partial<DraftVariant>) =>
    onChange(variants.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = () => {
    const strategy = nextStrategy(variants);
    const arm = variants.some((one) => one.arm === strategy)
      ? `${strategy}-${variants.length + 1}`
      : strategy;
    onChange([...variants, { key: `${arm}-${Date.now()}`, arm, strategy, weight: 1 }]);
  };
  return (
    <>
      <List aria-label={text('clv.experiments.form.variants')}>
        {variants.map(({ key, arm, strategy, weight }) => (
          <li key={key}>
            <Field.Root name={`strategy-${key}`}>
              <Field.Label>{text('clv.experiments.form.strategy')}</Field.Label>
              <SingleSelect
                value={strategy}
                onChange={(value) => change(key, { strategy: value as Strategy })}
              >
                {STRATEGIES.map((one) => (
                  <SingleSelectOption key={one} value={one}>
                    {text(STRATEGY[one])}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
            <Field.Root
              name={`arm-${key}`}
              error={errors[`arm-${key}`]}
              hint={text('clv.experiments.form.arm.hint')}
            >
              <Field.Label>{text('clv.experiments.form.arm')}</Field.Label>
              <TextInput
                name={`arm-${key}`}
                value={arm}
                maxLength={32}
                onChange={(event) => change(key, { arm: event.target.value })}
              />
              <Field.Hint />
              <Field.Error />
            </Field.Root>
            {variants.length > 1 && (
              <NumberField
                name={`weight-${key}`}
                label={text('clv.experiments.form.weight')}
                error={errors[`weight-${key}`]}
                value={weight}
                min={0}
                max={1000}
                step={0.1}
                onChange={(value) => change(key, { weight: value })}
              />
            )}
            {variants.length > 1 && (
              <Box className="remove">
                <IconButton
                  label={text('clv.experiments.form.remove', { arm })}
                  onClick={() => onChange(variants.filter((one) => one.key !== key))}
                >
                  <Trash />
                </IconButton>
              </Box>
            )}
          </li>
        ))}
      </List>
      {variants.length < MOST && (
        <Box>
          <Button variant="tertiary" size="S" startIcon={<Plus />} onClick={add}>
            {text('clv.experiments.form.add')}
          </Button>
        </Box>
      )}
    </>
  );
}

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 2rem;
  margin: 0;
  padding: 0;
  list-style: none;

  li {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr) minmax(0, 1fr) auto;
    gap: 1.6rem;
    align-items: start;
  }

  li:only-child {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }

  /* Beside the fields, below their labels. */
  .remove {
    padding-top: 2.4rem;
  }

  @media (max-width: 700px) {
    li,
    li:only-child {
      grid-template-columns: minmax(0, 1fr);
      gap: 1.2rem;
    }

    .remove {
      padding-top: 0;
    }
  }
`;
