import { Button, Flex, LinkButton } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Experiment, ExperimentList } from '../../../../../server/src/activation/experiments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { experiments } from '../experiments-api';
import { experimentPath, LIST } from '../paths';
import { draftOf, inputOf, newDraft, wrongIn } from './draft';
import { PlanForm } from './PlanForm';
import { SampleSizeHelper } from './SampleSizeHelper';

interface PlanProps {
  /** The experiment that is changed; a new one without it. */
  experiment?: Experiment;
  segments: ExperimentList['segments'];
}

/** The form with the sample size beside it, and the button that keeps the plan. */
export function Plan({ experiment, segments }: PlanProps) {
  const text = useText();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  const [draft, setDraft] = useState(() => (experiment ? draftOf(experiment) : newDraft()));
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begun = experiment !== undefined && experiment.state !== 'draft';
  const errors = wrongIn(draft, text);

  async function save(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(errors);
    if (first) {
      (event.target as HTMLFormElement).querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setSaving(true);
    setProblem(null);
    try {
      const input = inputOf(draft, experiment);
      const { id } = experiment
        ? await experiments.update(experiment.id, input)
        : await experiments.create(input);
      toggleNotification({ type: 'success', message: text('clv.experiments.saved') });
      navigate(experimentPath(experiment?.id ?? id));
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  }

  return (
    <Form noValidate onSubmit={save}>
      <Parts>
        <PlanForm
          draft={draft}
          segments={segments}
          errors={tried ? errors : withoutEmpty(errors)}
          begun={begun}
          onChange={setDraft}
        />
      </Parts>
      {!begun && (
        <aside>
          <SampleSizeHelper draft={draft} onDays={(days) => setDraft({ ...draft, days })} />
        </aside>
      )}
      <Parts>
        {problem && (
          <Note tone="danger" title={text('clv.experiments.not-saved')}>
            {problem}
          </Note>
        )}
        <Card as="div">
          <Flex gap={2} wrap="wrap" justifyContent="flex-end">
            <LinkButton tag={Link} to={experiment ? experimentPath(experiment.id) : LIST} variant="tertiary">
              {text('clv.experiments.cancel')}
            </LinkButton>
            <Button type="submit" loading={saving}>
              {text(experiment ? 'clv.experiments.save' : 'clv.experiments.save-draft')}
            </Button>
          </Flex>
        </Card>
      </Parts>
    </Form>
  );
}

/** A name that nobody typed yet is no mistake to point at. */
const withoutEmpty = ({ name: _, ...others }: Record<string, string>): Record<string, string> => others;

const Parts = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.6rem;
  min-width: 0;
`;

const Form = styled.form`
  display: grid;
  gap: 1.6rem;
  align-items: start;

  /* The sample size stays in sight beside the plan, and stands between it and the button where there is no room. */
  @media (min-width: 1001px) {
    &:has(> aside) {
      grid-template-columns: minmax(0, 2fr) minmax(28rem, 1fr);
    }

    > aside {
      position: sticky;
      top: 1.6rem;
      grid-column: 2;
      grid-row: 1 / span 2;
    }
  }
`;
