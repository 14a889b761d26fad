import { Button, Flex, LinkButton } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { type FormEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Trigger, TriggerList } from '../../../../../server/src/activation/triggers/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { useAllowed } from '../../../plugin';
import { useAttempt, useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { ConfirmButton } from '../../Crm/connection/ConfirmButton';
import { focusWithin } from '../../Segments/builder/focus';
import { type Draft, draftOf, inputOfDraft, wrongIn } from '../draft';
import { TRIGGERS, triggers } from '../triggers-api';
import { HowOften } from './HowOften';
import { KindForm } from './KindForm';
import { PreviewCard } from './PreviewCard';
import { WhereTo } from './WhereTo';

interface TriggerFormProps {
  /** What is stored of it, or what a starter brings. */
  start: Partial<Trigger>;
  list: TriggerList;
}

/** When somebody gets a message, who, where it goes and how often, with whom it is about beside it. */
export function TriggerForm({ start, list }: TriggerFormProps) {
  const text = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftOf(start));
  /** Somebody wanted to save: what is missing is told from now on. */
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (changed: Partial<Draft>) => setDraft((now) => ({ ...now, ...changed }));
  const wrong = wrongIn(draft);
  const input = inputOfDraft(draft);
  const readOnly = !allowed.triggersManage;
  const parts = { draft, change, list, wrong, tried };
  const { id } = start;

  async function save(event: FormEvent) {
    event.preventDefault();
    setProblem(null);
    if (!input || wrong.name) {
      setTried(true);
      requestAnimationFrame(() => focusWithin(form.current?.querySelector('[data-wrong=true]')));
      return;
    }
    setSaving(true);
    try {
      await (id ? triggers.update(id, input) : triggers.create(input));
      toggleNotification({ type: 'success', message: text('clv.triggers.saved', { name: input.name }) });
      navigate(TRIGGERS);
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  }

  const remove = (of: string) =>
    attempt(async () => {
      await triggers.remove(of);
      toggleNotification({ type: 'success', message: text('clv.triggers.deleted', { name: draft.name }) });
      navigate(TRIGGERS);
    });

  return (
    <form ref={form} onSubmit={save} noValidate>
      {readOnly && <Note tone="info">{text('clv.triggers.read-only')}</Note>}
      <Columns>
        <fieldset disabled={readOnly}>
          <KindForm {...parts} />
          <WhereTo {...parts} />
          <HowOften {...parts} />
          {problem && (
            <Note tone="danger" title={text('clv.triggers.not-saved')}>
              {problem}
            </Note>
          )}
          {!readOnly && (
            <Card as="div">
              <Flex gap={2} wrap="wrap" justifyContent="space-between">
                {id ? (
                  <ConfirmButton
                    variant="danger-light"
                    danger
                    label={text('clv.triggers.delete')}
                    title={text('clv.triggers.delete.title', { name: draft.name })}
                    onConfirm={() => remove(id)}
                  >
                    {text('clv.triggers.delete.what')}
                  </ConfirmButton>
                ) : (
                  <span />
                )}
                <Flex gap={2} wrap="wrap">
                  <LinkButton tag={Link} to={TRIGGERS} variant="tertiary">
                    {text('clv.crm.cancel')}
                  </LinkButton>
                  <Button type="submit" loading={saving}>
                    {text('clv.triggers.save')}
                  </Button>
                </Flex>
              </Flex>
            </Card>
          )}
        </fieldset>
        {!readOnly && <PreviewCard input={input} valued={list.valued} />}
      </Columns>
    </form>
  );
}

const Columns = styled.div`
  display: grid;
  gap: 1.6rem;
  align-items: start;

  > fieldset {
    display: flex;
    flex-direction: column;
    gap: 1.6rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  @media (min-width: 1080px) {
    grid-template-columns: minmax(0, 1fr) 32rem;
  }
`;
