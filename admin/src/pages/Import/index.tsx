import { Button, Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { ImportKind, ImportPreview, ImportResult } from '../../../../server/src/crm/api-types';
import type { Job } from '../../../../server/src/jobs/api-types';
import { api, serverMessage } from '../../api';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { isActive, useJob } from '../../job';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { ChooseFile } from './ChooseFile';
import { Outcome } from './Outcome';
import { Preview } from './Preview';
import { RecentImports } from './RecentImports';

const RECENT = 10;
const loadRecent = () => api.jobs('import', RECENT);

/** Brings customers and orders in: choose a file, look at it, import it, see what became of its rows. */
export default function ImportPage() {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [kind, setKind] = useState<ImportKind>('orders');
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [started, setStarted] = useState<string | null>(null);
  const [last, setLast] = useState<Job | null>(null);
  const recent = useResource('imports', loadRecent);

  // An import that somebody started before, in this window or elsewhere, is followed too.
  const underWay = recent.data?.jobs.find(isActive)?.id ?? null;
  const jobId = started ?? (underWay === last?.id ? null : underWay);
  const { job } = useJob(jobId, (ended) => {
    setStarted(null);
    setLast(ended);
    reset();
    recent.reload();
  });

  function reset() {
    setFile(null);
    setPreview(null);
    setProblem(null);
  }

  async function look(chosen: File, as: ImportKind) {
    reset();
    setLast(null);
    setFile(chosen);
    setBusy(true);
    try {
      setPreview(await api.previewImport(as, chosen));
    } catch (error) {
      setProblem(serverMessage(error) ?? text('clv.error.unreachable'));
    } finally {
      setBusy(false);
    }
  }

  async function start(chosen: File) {
    setBusy(true);
    try {
      setStarted(await api.startImport(kind, chosen));
    } catch (error) {
      toggleNotification({
        type: 'danger',
        message: serverMessage(error) ?? text('clv.error.unreachable'),
      });
    } finally {
      setBusy(false);
    }
  }

  function change(next: ImportKind) {
    setKind(next);
    // The same file may be read as the other kind: a wrong choice is put right with one click.
    if (file) void look(file, next);
  }

  return (
    <PluginPage title={text('clv.nav.import')} subtitle={text('clv.import.subtitle')}>
      {last && <Outcome job={last} />}
      {jobId ? (
        <JobProgress title={text('clv.import.running')} job={job} mayCancel />
      ) : (
        <ChooseFile
          kind={kind}
          onKind={change}
          file={file}
          onFile={(chosen) => look(chosen, kind)}
          busy={busy}
        />
      )}
      {problem && (
        <Note tone="danger" title={text('clv.import.unreadable')}>
          {problem}
        </Note>
      )}
      {!jobId && file && preview && (
        <Preview
          preview={preview}
          actions={
            <Flex gap={2}>
              <Button variant="tertiary" onClick={reset} disabled={busy}>
                {text('clv.import.discard')}
              </Button>
              <Button
                onClick={() => start(file)}
                loading={busy}
                disabled={preview.columns.missing.length > 0 || preview.rows - preview.rejected === 0}
              >
                {text('clv.import.start', { n: preview.rows - preview.rejected })}
              </Button>
            </Flex>
          }
        />
      )}
      <RecentImports recent={recent} />
    </PluginPage>
  );
}

/** The result of an import that ended well. */
export const resultOf = (job: Job) => (job.status === 'done' ? (job.result as ImportResult) : null);
