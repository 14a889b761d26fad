import { Box, Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { ConnectionInput, StreamName } from '../../../../../server/src/crm/sync/api-types';
import { type MessageId, useText } from '../../../text';
import { STREAM_NAME } from '../words';

/** The design system's select takes no empty value. */
const NEVER = 'never';

const EVERY: [minutes: number, name: MessageId][] = [
  [5, 'clv.crm.every.5'],
  [15, 'clv.crm.every.15'],
  [60, 'clv.crm.every.60'],
  [360, 'clv.crm.every.360'],
  [1440, 'clv.crm.every.1440'],
];

type Every = ConnectionInput['everyMinutes'];

interface ScheduleFormProps {
  streams: readonly StreamName[];
  every: Every;
  onChange: (every: Every) => void;
}

/** How often each stream runs by itself. */
export function ScheduleForm({ streams, every, onChange }: ScheduleFormProps) {
  const text = useText();
  return (
    <Grid>
      {streams.map((stream) => {
        const minutes = every[stream] ?? null;
        const own = minutes !== null && !EVERY.some(([usual]) => usual === minutes);
        return (
          <Box key={stream}>
            <Field.Root name={`every-${stream}`}>
              <Field.Label>{text(STREAM_NAME[stream])}</Field.Label>
              <SingleSelect
                value={minutes === null ? NEVER : String(minutes)}
                onChange={(value) => onChange({ ...every, [stream]: value === NEVER ? null : Number(value) })}
              >
                {EVERY.map(([usual, name]) => (
                  <SingleSelectOption key={usual} value={String(usual)}>
                    {text(name)}
                  </SingleSelectOption>
                ))}
                {own && (
                  <SingleSelectOption value={String(minutes)}>
                    {text('clv.crm.every.n', { n: minutes })}
                  </SingleSelectOption>
                )}
                <SingleSelectOption value={NEVER}>{text('clv.crm.every.never')}</SingleSelectOption>
              </SingleSelect>
            </Field.Root>
          </Box>
        );
      })}
    </Grid>
  );
}

const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr));
  gap: 1.6rem;
`;
