import { Button, Field, Flex, TextInput } from '@strapi/design-system';
import { Minus, Plus } from '@strapi/icons';
import { styled } from 'styled-components';
import type { SettingsAnswer } from '../../../../server/src/settings/api-types';
import { useText } from '../../text';
import type { Draft } from './draft';
import { Below, FieldRow, SourceBadge, wrongText } from './FieldRow';
import { typedOf } from './fields';
import { FIELDS } from './sections';

const FEWEST = 3;
const MOST = 5;

type Rule = 'quantiles' | 'bands' | 'pareto';
const UNIT = {
  quantiles: 'clv.settings.tiers.cut.quantiles',
  bands: 'clv.settings.tiers.cut.bands',
  pareto: 'clv.settings.tiers.cut.pareto',
} as const;

const CUTS = {
  quantiles: 'clv.settings.tiers.cuts.quantiles',
  bands: 'clv.settings.tiers.cuts.bands',
  pareto: 'clv.settings.tiers.cuts.pareto',
} as const;

/** The rule of tiers, and beneath it a line for each tier: its name, and where it ends. */
export function TiersFields({ answer, draft }: { answer: SettingsAnswer; draft: Draft }) {
  const text = useText();
  const rule = draft.value('tiers.rule') as Rule;
  const fixed = (path: 'tiers.names' | 'tiers.cuts') => draft.setting(path).source === 'file';
  const { names, cuts } = tiersOf(answer, draft);
  const currency = String(draft.value('value.currency'));

  const setNames = (next: string[]) => draft.change({ 'tiers.names': next });
  const setCuts = (next: string[]) => draft.change({ 'tiers.cuts': next });
  const replaced = (all: string[], place: number, value: string) =>
    all.map((one, i) => (i === place ? value : one));
  const both = ['tiers.names', 'tiers.cuts'] as const;
  /** The one that tells where both come from. */
  const told = both.find((path) => draft.setting(path).source === 'saved') ?? 'tiers.names';
  const resizable = !fixed('tiers.names') && !fixed('tiers.cuts');

  /** Shares have their usual cuts by rule and number; of bands somebody says the last limit. */
  function resize(count: number) {
    setNames([...names.slice(0, count), ...Array<string>(Math.max(0, count - names.length)).fill('')]);
    if (rule === 'bands')
      setCuts([...cuts.slice(0, count - 1), ...Array<string>(Math.max(0, count - 1 - cuts.length)).fill('')]);
    else setCuts(typedOf('shares', answer.tierDefaults.cuts[rule][count] ?? []) as string[]);
  }

  const wrongNames = wrongText(draft.error('tiers.names'), FIELDS['tiers.names']);
  const wrongCuts = wrongText(draft.error('tiers.cuts') ?? draft.error('tiers.rule'), FIELDS['tiers.cuts']);
  return (
    <>
      <FieldRow field={FIELDS['tiers.of']} draft={draft} />
      <FieldRow field={FIELDS['tiers.rule']} draft={ruled(draft, answer)} />
      <Whole data-setting="tiers.names">
        <Legend>
          {text('clv.settings.tiers.names')}
          <SourceBadge
            setting={draft.setting(told)}
            changed={draft.isChanged('tiers.names') || draft.isChanged('tiers.cuts')}
          />
        </Legend>
        <p>{text(CUTS[rule])}</p>
        <Lines>
          {names.map((name, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tier is its place
            <li key={place}>
              <Field.Root
                name={`tier-${place}`}
                error={place === 0 && wrongNames ? text(wrongNames) : undefined}
              >
                <Field.Label>{text('clv.settings.tiers.nth', { n: place + 1 })}</Field.Label>
                <TextInput
                  value={name}
                  disabled={fixed('tiers.names')}
                  maxLength={32}
                  onChange={(event: { target: { value: string } }) =>
                    setNames(replaced(names, place, event.target.value))
                  }
                />
                <Field.Error />
              </Field.Root>
              {place < names.length - 1 && (
                <Field.Root
                  name={`cut-${place}`}
                  error={place === 0 && wrongCuts ? text(wrongCuts) : undefined}
                >
                  <Field.Label>{text(UNIT[rule], { n: place + 1, currency })}</Field.Label>
                  <TextInput
                    value={cuts[place] ?? ''}
                    disabled={fixed('tiers.cuts')}
                    inputMode="decimal"
                    onChange={(event: { target: { value: string } }) =>
                      setCuts(replaced(padded(cuts, names.length - 1), place, event.target.value))
                    }
                  />
                  <Field.Error />
                </Field.Root>
              )}
            </li>
          ))}
        </Lines>
        {resizable && (
          <Flex gap={2} wrap="wrap">
            <Button
              variant="tertiary"
              size="S"
              startIcon={<Plus />}
              disabled={names.length >= MOST}
              onClick={() => resize(names.length + 1)}
            >
              {text('clv.settings.tiers.more')}
            </Button>
            <Button
              variant="tertiary"
              size="S"
              startIcon={<Minus />}
              disabled={names.length <= FEWEST}
              onClick={() => resize(names.length - 1)}
            >
              {text('clv.settings.tiers.fewer')}
            </Button>
          </Flex>
        )}
        <Below
          field={{ ...FIELDS[told], name: 'clv.settings.tiers.names' }}
          draft={{
            ...draft,
            change: () =>
              draft.change(
                Object.fromEntries(both.filter((path) => !fixed(path)).map((path) => [path, null])),
              ),
          }}
        />
      </Whole>
    </>
  );
}

const padded = (all: string[], length: number) => Array.from({ length }, (_, i) => all[i] ?? '');

/** Names and cuts as they stand in their fields, the usual ones where nobody said others. */
function tiersOf({ tierDefaults }: SettingsAnswer, draft: Draft): { names: string[]; cuts: string[] } {
  const rule = draft.value('tiers.rule') as Rule;
  const typedNames = draft.typed('tiers.names') as string[];
  const typedCuts = draft.typed('tiers.cuts') as string[];
  const names = typedNames.length > 0 ? typedNames : tierDefaults.names;
  if (typedCuts.length > 0 || rule === 'bands') return { names, cuts: typedCuts };
  return { names, cuts: typedOf('shares', tierDefaults.cuts[rule][names.length] ?? []) as string[] };
}

/** With another rule the cuts of the one before say nothing: bands begin with the limits of the latest run. */
function ruled(draft: Draft, { tiers }: SettingsAnswer): Draft {
  return {
    ...draft,
    change(changes) {
      const rule = changes['tiers.rule'];
      if (rule === undefined || draft.setting('tiers.cuts').source === 'file') return draft.change(changes);
      const limits = tiers ? tiers.limits.map((limit) => String(Math.round(limit))) : [];
      const saved = draft.setting('tiers.rule').value === rule;
      const own = saved ? undefined : rule === 'bands' ? limits : null;
      draft.change({ ...changes, 'tiers.cuts': own });
    },
  };
}

const Whole = styled.fieldset`
  grid-column: 1 / -1;
  display: flex;
  flex-direction: column;
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  border: 0;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Legend = styled.legend`
  padding: 0;
  display: flex;
  gap: 0.8rem;
  font-size: 1.2rem;
  font-weight: 600;
  color: ${({ theme }) => theme.colors.neutral800};
`;

const Lines = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 1.2rem;

  li {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
    gap: 0.8rem 1.6rem;
    max-width: 72rem;
  }
`;
