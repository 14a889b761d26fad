import { Box, Field, Textarea, TextInput, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Membership } from '../../../../../server/src/activation/segments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { RadioCards } from '../../../components/RadioCards';
import { type MessageId, useText } from '../../../text';
import { Checks, Tick } from '../../Crm/wizard/Tick';
import { type Draft, wrongIn } from '../draft';

const MEMBERSHIP: { value: Membership; name: MessageId; what: MessageId }[] = [
  { value: 'live', name: 'clv.segments.live', what: 'clv.segments.live.what' },
  { value: 'static', name: 'clv.segments.static', what: 'clv.segments.static.what' },
];

interface WordsFormProps {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  /** It exists already: programs know it by its short name, which stays. */
  stored: boolean;
  tried: boolean;
}

/** What a segment is called, whether it follows its people by itself, and where it goes. */
export function WordsForm({ draft, change, stored, tried }: WordsFormProps) {
  const text = useText();
  const wrong = wrongIn(draft);
  const name = tried && wrong.name ? text(wrong.name) : undefined;
  const slug = wrong.slug ? text(wrong.slug) : undefined;
  return (
    <Card aria-label={text('clv.segments.about')}>
      <Typography tag="h3" variant="delta">
        {text('clv.segments.about')}
      </Typography>
      <Fields>
        <Box data-wrong={name !== undefined}>
          <Field.Root name="segment-name" error={name} required>
            <Field.Label>{text('clv.segments.name')}</Field.Label>
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
        <Box data-wrong={slug !== undefined}>
          <Field.Root
            name="segment-slug"
            error={slug}
            hint={text(stored ? 'clv.segments.slug.stored' : 'clv.segments.slug.what')}
          >
            <Field.Label>{text('clv.segments.slug')}</Field.Label>
            <TextInput
              disabled={stored}
              autoComplete="off"
              spellCheck={false}
              value={draft.slug}
              onChange={(event) => change({ slug: event.target.value.trim() })}
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
        </Box>
        <Box className="wide">
          <Field.Root name="segment-description">
            <Field.Label>{text('clv.segments.description')}</Field.Label>
            <Textarea
              dir="auto"
              rows={2}
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          </Field.Root>
        </Box>
      </Fields>
      <RadioCards
        legend={text('clv.segments.membership')}
        value={draft.membership}
        options={MEMBERSHIP.map((one) => ({ value: one.value, name: text(one.name), what: text(one.what) }))}
        onChange={(membership) => change({ membership })}
      />
      <Checks>
        <legend>{text('clv.segments.goes-to')}</legend>
        <Tick checked={draft.public} onChange={(on) => change({ public: on })}>
          <b>{text('clv.segments.to.pages')}</b>
          {text('clv.segments.to.pages.what')}
        </Tick>
        <Tick checked={draft.toCrm} onChange={(toCrm) => change({ toCrm })}>
          <b>{text('clv.segments.to.crm')}</b>
          {text('clv.segments.to.crm.what')}
        </Tick>
      </Checks>
    </Card>
  );
}

const Fields = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  gap: 1.6rem;

  .wide {
    grid-column: 1 / -1;
  }
`;
