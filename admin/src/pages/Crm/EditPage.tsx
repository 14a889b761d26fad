import { Button, Flex, LinkButton } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { ConnectionDetail, KindInfo } from '../../../../server/src/crm/sync/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { useAttempt, useProblemText } from '../../problem';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { connectionPath } from './ConnectionCard';
import { crm } from './crm-api';
import { type Draft, draftOf, wrongIn } from './draft';
import { optionsOf, type Typed, typedOf } from './options';
import { CredentialsForm } from './wizard/CredentialsForm';
import { useConnectionTest } from './wizard/connection-test';
import { PlanForm } from './wizard/PlanForm';

/** Changes a connection; what its fields can be mapped to is asked of the CRM first. */
export function EditPage() {
  const text = useText();
  const { id = '' } = useParams();
  const connection = useResource(`crm connection ${id}`, () => crm.connection(id));
  const kinds = useResource('crm kinds', crm.kinds);
  const error = connection.error ?? kinds.error;
  const kind = kinds.data?.kinds.find((one) => one.kind === connection.data?.kind);
  const retry = () => {
    connection.reload();
    kinds.reload();
  };
  return (
    <PluginPage
      title={text('clv.crm.edit.title')}
      subtitle={connection.data?.name ?? text('clv.crm.subtitle')}
    >
      {error ? (
        <ErrorState title={text('clv.crm.failed')} error={error} retry={retry} />
      ) : !connection.data || !kinds.data ? (
        <CardSkeleton cards={2} />
      ) : kind ? (
        <Edit key={id} connection={connection.data} kind={kind} />
      ) : (
        <Note tone="danger">{text('clv.crm.kind.gone', { kind: connection.data.kind })}</Note>
      )}
    </PluginPage>
  );
}

function Edit({ connection, kind }: { connection: ConnectionDetail; kind: KindInfo }) {
  const text = useText();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  // Back from the CRM, where the connection was just allowed: it has never run, and saving begins it.
  const [params] = useSearchParams();
  const begins = params.has('authorized');
  const [typed, setTyped] = useState<Typed>(() => typedOf(kind.form, connection.options));
  const [draft, setDraft] = useState<Draft>(() => draftOf(connection));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, secretsSet } = connection;
  const test = useConnectionTest({ kind, typed, secretsSet, connectionId: id });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stored credentials are tested once, when the page opens
  useEffect(() => {
    void test.run();
  }, []);

  const errors = wrongIn(draft, text);

  async function save() {
    setSaving(true);
    setProblem(null);
    try {
      const { options } = optionsOf(kind.form, typed, secretsSet);
      const { idPrefix: _, ...plan } = draft;
      await crm.update(id, { ...plan, options, ...(begins && { enabled: true }) });
      toggleNotification({ type: 'success', message: text('clv.crm.saved') });
      navigate(connectionPath(id));
    } catch (error) {
      setProblem(problemText(error));
      setSaving(false);
    }
  }

  return (
    <>
      {begins && (
        <Note tone="info" title={text('clv.crm.authorized', { crm: kind.title })}>
          {text('clv.crm.authorized.what')}
        </Note>
      )}
      <CredentialsForm
        kind={kind}
        typed={typed}
        onType={(next) => {
          setTyped(next);
          test.reset();
        }}
        secretsSet={secretsSet}
        test={test}
        onAuthorize={() => attempt(async () => window.location.assign((await crm.authorize(id)).url))}
      />
      {test.check && <PlanForm check={test.check} draft={draft} onChange={setDraft} stored errors={errors} />}
      {problem && (
        <Note tone="danger" title={text('clv.crm.not-saved')}>
          {problem}
        </Note>
      )}
      <Card as="div">
        <Flex gap={2} wrap="wrap" justifyContent="flex-end">
          <LinkButton tag={Link} to={connectionPath(id)} variant="tertiary">
            {text('clv.crm.cancel')}
          </LinkButton>
          <Button onClick={save} loading={saving} disabled={!test.check || Object.keys(errors).length > 0}>
            {text(begins ? 'clv.crm.start' : 'clv.crm.save')}
          </Button>
        </Flex>
      </Card>
    </>
  );
}
