import { Box, Field, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { type ReactNode, useId } from 'react';
import { styled } from 'styled-components';
import type { ExperimentList, Horizon } from '../../../../../server/src/activation/experiments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { Segments } from '../../../components/Segments';
import { useText } from '../../../text';
import { type Draft, MOST_HOLDOUT } from './draft';
import { NumberField } from './NumberField';
import { Variants } from './Variants';

/** The design system's select takes no empty value. */
const EVERYONE = '*';

interface PlanFormProps {
  draft: Draft;
  segments: ExperimentList['segments'];
  errors: Record<string, string>;
  /** It runs or ran already: only its name can change. */
  begun: boolean;
  onChange: (draft: Draft) => void;
}

/** Everything that is decided before an experiment begins. */
export function PlanForm({ draft, segments, errors, begun, onChange }: PlanFormProps) {
  const text = useText();
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Part title={text('clv.experiments.form.name.title')}>
        <Field.Root name="name" required error={errors.name} hint={text('clv.experiments.form.name.hint')}>
          <Field.Label>{text('clv.experiments.form.name')}</Field.Label>
          <TextInput
            name="name"
            dir="auto"
            value={draft.name}
            maxLength={128}
            onChange={(event) => change({ name: event.target.value })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Part>
      {begun ? (
        <Note tone="info">{text('clv.experiments.form.begun')}</Note>
      ) : (
        <>
          <Part
            title={text('clv.experiments.form.variants')}
            what={text('clv.experiments.form.variants.what')}
          >
            <Variants draft={draft} errors={errors} onChange={(variants) => change({ variants })} />
          </Part>
          <Part title={text('clv.experiments.form.holdout')} what={text('clv.experiments.form.holdout.what')}>
            <Narrow>
              <NumberField
                name="holdout"
                label={text('clv.experiments.form.holdout.share')}
                error={errors.holdout}
                unit="%"
                value={draft.holdout}
                min={0}
                max={MOST_HOLDOUT}
                step={0.5}
                onChange={(holdout) => change({ holdout })}
              />
            </Narrow>
            {draft.holdout === 0 && <Note tone="warning">{text('clv.experiments.form.holdout.none')}</Note>}
          </Part>
          <Part title={text('clv.experiments.form.segment')} what={text('clv.experiments.form.segment.what')}>
            <Narrow>
              <Field.Root name="segment">
                <Field.Label>{text('clv.experiments.form.segment')}</Field.Label>
                <SingleSelect
                  value={draft.segmentId ?? EVERYONE}
                  onChange={(value) => change({ segmentId: value === EVERYONE ? null : String(value) })}
                >
                  <SingleSelectOption value={EVERYONE}>{text('clv.experiments.everyone')}</SingleSelectOption>
                  {segments.map(({ id, name }) => (
                    <SingleSelectOption key={id} value={id}>
                      {name}
                    </SingleSelectOption>
                  ))}
                </SingleSelect>
              </Field.Root>
            </Narrow>
          </Part>
          <Part title={text('clv.experiments.form.horizon')} what={text('clv.experiments.form.horizon.what')}>
            <Box>
              <Segments<Horizon>
                label={text('clv.experiments.form.horizon')}
                value={draft.horizon}
                options={[
                  ['sequential', text('clv.experiments.form.sequential')],
                  ['fixed', text('clv.experiments.form.fixed')],
                ]}
                onChange={(horizon) => change({ horizon })}
              />
            </Box>
            <Typography textColor="neutral700">
              {text(
                draft.horizon === 'fixed'
                  ? 'clv.experiments.form.fixed.what'
                  : 'clv.experiments.form.sequential.what',
              )}
            </Typography>
            {draft.horizon === 'fixed' && (
              <Narrow>
                <NumberField
                  name="days"
                  label={text('clv.experiments.form.days')}
                  error={errors.days}
                  value={draft.days}
                  min={1}
                  max={365}
                  step={1}
                  onChange={(days) => change({ days })}
                />
              </Narrow>
            )}
          </Part>
        </>
      )}
    </>
  );
}

function Part({ title, what, children }: { title: string; what?: string; children: ReactNode }) {
  const id = useId();
  return (
    <Card aria-labelledby={id}>
      <div>
        <Typography id={id} tag="h3" variant="delta">
          {title}
        </Typography>
        {what && (
          <Typography tag="p" textColor="neutral600" paddingTop={1}>
            {what}
          </Typography>
        )}
      </div>
      {children}
    </Card>
  );
}

const Narrow = styled.div`
  max-width: 28rem;
`;
