import { Field, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { type ReactNode, useId } from 'react';
import { styled } from 'styled-components';
import type { CostsPage } from '../../../../../server/src/crm/costs/api-types';
import { type MessageId, useText } from '../../../text';
import { type CostDraft, LONGEST_NAME } from './draft';

interface CostFieldsProps {
  draft: CostDraft;
  change: (changed: Partial<CostDraft>) => void;
  /** What is wrong with a field, in words. */
  wrong: (field: keyof CostDraft) => string | undefined;
  page: Pick<CostsPage, 'known' | 'currencies'>;
}

/** The fields of one cost. */
export function CostFields({ draft, change, wrong, page: { known, currencies } }: CostFieldsProps) {
  const text = useText();
  const frame = (field: keyof CostDraft, label: MessageId, control: ReactNode, hint?: MessageId) => (
    <Field.Root
      name={`cost-${field}`}
      error={wrong(field)}
      hint={hint && text(hint)}
      required={field !== 'product_line' && field !== 'segment'}
    >
      <Field.Label>{text(label)}</Field.Label>
      {control}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
  const named = (field: 'channel' | 'product_line' | 'segment', names: string[]) => (
    <Named names={names} value={draft[field]} onChange={(value) => change({ [field]: value })} />
  );
  /** One whose rate was taken away since stays to be chosen; the server says what it lacks. */
  const offered = currencies.includes(draft.currency) ? currencies : [...currencies, draft.currency];

  return (
    <Grid>
      {frame(
        'month',
        'clv.column.month',
        <TextInput
          type="month"
          autoComplete="off"
          placeholder="2026-01"
          value={draft.month}
          onChange={(event) => change({ month: event.target.value })}
        />,
      )}
      {frame(
        'channel',
        'clv.by.channel',
        named('channel', known.channels),
        'clv.settings.costs.channel.what',
      )}
      {frame(
        'amount',
        'clv.settings.costs.amount',
        <TextInput
          inputMode="decimal"
          autoComplete="off"
          value={draft.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />,
      )}
      {frame(
        'currency',
        'clv.settings.currency',
        <SingleSelect value={draft.currency} onChange={(value) => change({ currency: String(value) })}>
          {offered.map((currency) => (
            <SingleSelectOption key={currency} value={currency}>
              {currency}
            </SingleSelectOption>
          ))}
        </SingleSelect>,
        'clv.settings.costs.currency.what',
      )}
      {frame(
        'product_line',
        'clv.by.product-line',
        named('product_line', known.product_lines),
        'clv.settings.costs.part.what',
      )}
      {frame('segment', 'clv.by.segment', named('segment', known.segments), 'clv.settings.costs.part.what')}
    </Grid>
  );
}

interface NamedProps {
  names: string[];
  value: string;
  onChange: (value: string) => void;
}

/** A name to type, with those in use to choose from. */
function Named({ names, value, onChange }: NamedProps) {
  const list = useId();
  return (
    <>
      <TextInput
        list={list}
        dir="auto"
        maxLength={LONGEST_NAME}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr));
  gap: 1.6rem;
  align-items: start;
  /* How a month and a name are chosen is the browser's own, and black on a dark page without this. */
  color-scheme: ${({ theme }) => (theme.colors.neutral0.toLowerCase() === '#ffffff' ? 'light' : 'dark')};
`;
