import { Button, Flex } from '@strapi/design-system';
import { useEffect, useRef, useState } from 'react';
import type { ConnectionDetail, KindInfo } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useAttempt, useProblemText } from '../../../problem';
import { useResource } from '../../../resource';
import { useText } from '../../../text';
import { crm } from '../crm-api';
import { type Draft, firstDraft, inputOf, wrongIn } from '../draft';
import { optionsOf, type Typed, typedOf } from '../options';
import { CredentialsForm } from './CredentialsForm';
import { useConnectionTest } from './connection-test';
import { FirstRun } from './FirstRun';
import { KindChoice } from './KindChoice';
import { PlanForm } from './PlanForm';
import { StepList } from './StepList';

/** Nothing of a new connection is stored yet. */
const NO_SECRETS: string[] = [];
/** A connection that waits to be allowed in the CRM knows nothing of what the CRM can do. */
const UNKNOWN = {
  pull: [],
  push: true,
  notes: false,
  webhooks: false,
  batch: 1,
  deletions: 'unknown',
} as const;

/** Connects a CRM: choose it, give credentials and test them, say what is what, and watch the first run. */
export function Wizard() {
  const text = useText();
  const attempt = useAttempt();
  const problemText = useProblemText();
  const kinds = useResource('crm kinds', crm.kinds);
  const [kind, setKind] = useState<KindInfo | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const [draft, setDraft] = useState<Draft | null>(null);
  const [planning, setPlanning] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [created, setCreated] = useState<ConnectionDetail | null>(null);
  const top = useRef<HTMLDivElement>(null);

  const test = useConnectionTest({
    kind,
    typed,
    secretsSet: NO_SECRETS,
    onFound: ({ account, capabilities }) =>
      setDraft((before) => before ?? firstDraft(kind?.kind ?? '', account.name, capabilities)),
  });
  const step = created ? 3 : planning ? 2 : kind ? 1 : 0;

  // Each step begins at its top, for the eye and for the keyboard.
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    top.current?.focus();
    top.current?.scrollIntoView({ block: 'start' });
  }, [step]);

  function choose(chosen: KindInfo | null) {
    setKind(chosen);
    setTyped(chosen ? typedOf(chosen.form) : {});
    setDraft(null);
    test.reset();
  }

  const options = () => (kind ? optionsOf(kind.form, typed, NO_SECRETS).options : {});

  /** The connection waits, switched off, until it is allowed in the CRM. */
  async function authorize(of: KindInfo) {
    const { wrong } = optionsOf(of.form, typed, NO_SECRETS);
    if (Object.keys(wrong).length > 0) return void test.run();
    await attempt(async () => {
      const waiting = firstDraft(of.kind, of.title, UNKNOWN);
      const { id } = await crm.create({ ...inputOf(of.kind, options(), waiting), enabled: false });
      window.location.assign((await crm.authorize(id)).url);
    });
  }

  async function save(of: KindInfo, plan: Draft) {
    setSaving(true);
    setProblem(null);
    try {
      setCreated(await crm.create(inputOf(of.kind, options(), plan)));
    } catch (error) {
      setProblem(problemText(error));
    }
    setSaving(false);
  }

  const errors = draft ? wrongIn(draft, text) : {};
  return (
    <PluginPage title={text('clv.crm.connect')} subtitle={text('clv.crm.connect.subtitle')}>
      <div ref={top} tabIndex={-1} style={{ outline: 'none', scrollMarginTop: '8rem' }}>
        <StepList current={step} />
      </div>
      {step === 0 &&
        (kinds.error ? (
          <ErrorState title={text('clv.crm.kinds.failed')} error={kinds.error} retry={kinds.reload} />
        ) : kinds.data ? (
          <KindChoice kinds={kinds.data.kinds} onChoose={choose} />
        ) : (
          <CardSkeleton cards={6} />
        ))}
      {kind && step === 1 && (
        <CredentialsForm
          kind={kind}
          typed={typed}
          onType={(next) => {
            setTyped(next);
            test.reset();
          }}
          secretsSet={NO_SECRETS}
          test={test}
          onAuthorize={() => authorize(kind)}
          back={
            <Button variant="tertiary" onClick={() => choose(null)}>
              {text('clv.crm.back')}
            </Button>
          }
        >
          {test.check && <Button onClick={() => setPlanning(true)}>{text('clv.crm.continue')}</Button>}
        </CredentialsForm>
      )}
      {kind && draft && test.check && step === 2 && (
        <>
          <PlanForm check={test.check} draft={draft} onChange={setDraft} stored={false} errors={errors} />
          {problem && (
            <Note tone="danger" title={text('clv.crm.not-saved')}>
              {problem}
            </Note>
          )}
          <Card as="div">
            <Flex gap={2} wrap="wrap" justifyContent="flex-end">
              <Button variant="tertiary" onClick={() => setPlanning(false)} disabled={saving}>
                {text('clv.crm.back')}
              </Button>
              <Button
                onClick={() => save(kind, draft)}
                loading={saving}
                disabled={Object.keys(errors).length > 0}
              >
                {text('clv.crm.start')}
              </Button>
            </Flex>
          </Card>
        </>
      )}
      {created && <FirstRun created={created} />}
    </PluginPage>
  );
}
