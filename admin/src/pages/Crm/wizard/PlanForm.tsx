import { Box, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { type ReactNode, useId } from 'react';
import type { CheckResult } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { useText } from '../../../text';
import { mappedStreams } from '../columns';
import { type Draft, streamsOf } from '../draft';
import { MappingForm } from './MappingForm';
import { PushForm } from './PushForm';
import { ScheduleForm } from './ScheduleForm';

interface PlanFormProps {
  check: CheckResult;
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** The connection is there already: its prefix stands before every id, and another mapping reads all again. */
  stored: boolean;
  errors: Record<string, string>;
}

/** What of the CRM becomes what here, how often, and what it is told. */
export function PlanForm({ check, draft, onChange, stored, errors }: PlanFormProps) {
  const text = useText();
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const streams = streamsOf(check.capabilities);
  const mapped = mappedStreams(check.columns).length > 0;
  return (
    <>
      <Part title={text('clv.crm.plan.name')}>
        <Flex gap={5} alignItems="flex-start" wrap="wrap">
          <Box flex="1 1 26rem">
            <Field.Root name="name" required error={errors.name} hint={text('clv.crm.name.help')}>
              <Field.Label>{text('clv.crm.name')}</Field.Label>
              <TextInput
                name="name"
                value={draft.name}
                maxLength={64}
                onChange={(event) => change({ name: event.target.value })}
              />
              <Field.Hint />
              <Field.Error />
            </Field.Root>
          </Box>
          <Box flex="1 1 26rem">
            <Field.Root
              name="idPrefix"
              error={errors.idPrefix}
              hint={text(stored ? 'clv.crm.prefix.fixed' : 'clv.crm.prefix.help', {
                example: `${draft.idPrefix}4711`,
              })}
            >
              <Field.Label>{text('clv.crm.prefix')}</Field.Label>
              <TextInput
                name="idPrefix"
                value={draft.idPrefix}
                maxLength={32}
                disabled={stored}
                onChange={(event) => change({ idPrefix: event.target.value })}
              />
              <Field.Hint />
              <Field.Error />
            </Field.Root>
          </Box>
        </Flex>
      </Part>
      {mapped && (
        <Part
          title={text('clv.crm.plan.map')}
          what={text(stored ? 'clv.crm.plan.map.again' : 'clv.crm.plan.map.what')}
        >
          <MappingForm check={check} mapping={draft.mapping} onChange={(mapping) => change({ mapping })} />
        </Part>
      )}
      {streams.length > 0 && (
        <Part title={text('clv.crm.plan.schedule')} what={text('clv.crm.plan.schedule.what')}>
          <ScheduleForm
            streams={streams}
            every={draft.everyMinutes}
            onChange={(everyMinutes) => change({ everyMinutes })}
          />
        </Part>
      )}
      <Part title={text('clv.crm.plan.push')} what={text('clv.crm.plan.push.what')}>
        <PushForm capabilities={check.capabilities} push={draft.push} onChange={(push) => change({ push })} />
      </Part>
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
