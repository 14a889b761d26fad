import { Button, Flex, LinkButton } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Segment, SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { type Draft, draftOf, inputOf, isComplete, rulesOf, wrongIn } from '../draft';
import { SEGMENTS, segmentPath, segments } from '../segments-api';
import { Conditions } from './Conditions';
import { CountCard } from './CountCard';
import { focusWithin } from './focus';
import { WordsForm } from './WordsForm';

interface BuilderProps {
  /** What is stored of it, or what a starter brings. */
  start: Partial<Segment>;
  options: SegmentOptions;
}

/** Says who is in a segment, with how many that are beside it, and what the segment is for. */
export function Builder({ start, options }: BuilderProps) {
  const text = useText();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftOf(start));
  /** Somebody wanted to save: what is missing is told from now on. */
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (changed: Partial<Draft>) => setDraft((now) => ({ ...now, ...changed }));
  const { match, entries } = draft;
  const rules = useMemo(() => rulesOf({ match, entries }), [match, entries]);
  const stored = start.id;

  async function save(event: FormEvent) {
    event.preventDefault();
    setProblem(null);
    if (!isComplete(draft) || Object.keys(wrongIn(draft)).length > 0) {
      setTried(true);
      // The messages are there after the next painting.
      requestAnimationFrame(() => focusWithin(form.current?.querySelector('[data-wrong=true]')));
      return;
    }
    setSaving(true);
    try {
      const input = inputOf(draft);
      const id = stored ? await segments.update(stored, input) : await segments.create(input);
      toggleNotification({ type: 'success', message: text('clv.segments.saved', { name: input.name }) });
      navigate(segmentPath(id));
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  }

  return (
    <form ref={form} onSubmit={save} noValidate>
      <Columns>
        <div>
          <Conditions draft={draft} change={change} options={options} tried={tried} />
          <WordsForm draft={draft} change={change} stored={stored !== undefined} tried={tried} />
          {problem && (
            <Note tone="danger" title={text('clv.segments.not-saved')}>
              {problem}
            </Note>
          )}
          <Card as="div">
            <Flex gap={2} wrap="wrap" justifyContent="flex-end">
              <LinkButton tag={Link} to={stored ? segmentPath(stored) : SEGMENTS} variant="tertiary">
                {text('clv.crm.cancel')}
              </LinkButton>
              <Button type="submit" loading={saving}>
                {text('clv.segments.save')}
              </Button>
            </Flex>
          </Card>
        </div>
        <CountCard rules={rules} partial={entries.length > 0 && !isComplete(draft)} options={options} />
      </Columns>
    </form>
  );
}

const Columns = styled.div`
  display: grid;
  gap: 1.6rem;
  align-items: start;

  > div {
    display: flex;
    flex-direction: column;
    gap: 1.6rem;
    min-width: 0;
  }

  @media (min-width: 1080px) {
    grid-template-columns: minmax(0, 1fr) 30rem;
  }

  /* Beside the conditions there is no room: the count stays in sight above them. */
  @media (max-width: 1079px) {
    > aside {
      order: -1;
    }
  }
`;
