import { Box, Field, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { Card } from '../../../components/charts/ChartFrame';
import { RadioCards } from '../../../components/RadioCards';
import { useText } from '../../../text';
import { FaultText } from '../../Segments/builder/FaultText';
import { ofKind } from '../draft';
import { KIND_NAMES, KINDS } from '../kinds';
import { KindSettings } from './KindSettings';
import type { FormPart } from './parts';

/** The design system's select takes no empty value. */
const EVERYONE = '*';

/** What a trigger is called, what makes somebody cross, and of whom it is. */
export function KindForm(props: FormPart) {
  const { draft, change, list, wrong, tried } = props;
  const text = useText();
  const name = tried && wrong.name ? text(wrong.name) : undefined;
  const { kind, segmentId } = draft;
  const gone = segmentId !== null && !list.segments.some(({ id }) => id === segmentId);
  return (
    <>
      <Card aria-label={text('clv.triggers.when')}>
        <Typography tag="h3" variant="delta">
          {text('clv.triggers.when')}
        </Typography>
        <div data-wrong={tried && wrong.kind !== undefined}>
          <RadioCards
            legend={text('clv.triggers.kind')}
            value={kind}
            options={KIND_NAMES.map((value) => ({
              value,
              name: text(KINDS[value].name),
              what: text(KINDS[value].what),
            }))}
            onChange={(next) => change(ofKind(draft, next))}
          />
          {tried && wrong.kind && <FaultText id="trigger-kind">{text(wrong.kind)}</FaultText>}
        </div>
        {kind && <KindSettings {...props} settings={KINDS[kind].settings} />}
      </Card>
      <Card aria-label={text('clv.triggers.whom')}>
        <Typography tag="h3" variant="delta">
          {text('clv.triggers.whom')}
        </Typography>
        <Box maxWidth="48rem">
          <Field.Root name="trigger-segment" hint={text('clv.triggers.whom.what')}>
            <Field.Label>{text('clv.triggers.segment')}</Field.Label>
            <SingleSelect
              value={segmentId ?? EVERYONE}
              onChange={(chosen) => change({ segmentId: chosen === EVERYONE ? null : String(chosen) })}
            >
              <SingleSelectOption value={EVERYONE}>{text('clv.triggers.everyone')}</SingleSelectOption>
              {list.segments.map((segment) => (
                <SingleSelectOption key={segment.id} value={segment.id}>
                  {segment.name}
                </SingleSelectOption>
              ))}
              {gone && <SingleSelectOption value={segmentId}>{segmentId}</SingleSelectOption>}
            </SingleSelect>
            <Field.Hint />
          </Field.Root>
        </Box>
        <Box maxWidth="48rem" data-wrong={name !== undefined}>
          <Field.Root name="trigger-name" error={name} required>
            <Field.Label>{text('clv.triggers.name')}</Field.Label>
            <TextInput
              dir="auto"
              maxLength={128}
              autoComplete="off"
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
            <Field.Error />
          </Field.Root>
        </Box>
      </Card>
    </>
  );
}
