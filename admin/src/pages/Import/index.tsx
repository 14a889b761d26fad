import { Button, Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ImportKind, ImportPreview, ImportResult } from '../../../../server/src/crm/api-types';
import type { Job } from '../../../../server/src/jobs/api-types';
import { api } from '../../api';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { isActive, useJob } from '../../job';
import { useAttempt, useProblemText } from '../../problem';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { ChooseFile } from './ChooseFile';
import { kindNamed } from './KindChoice';
import { Outcome } from './Outcome';
import { Preview } from './Preview';
import { RecentImports } from './RecentImports';

const RECENT = 10;
const loadRecent = () => api.jobs('import', RECENT);

/** A file that was chosen, and what is known of it so far. */
interface Chosen {
  file: File;
  preview?: ImportPreview;
  /** Why it cannot be read. */
  problem?: string;
}

/** The result of an import that ended well. */
export const resultOf = (job: Job) => (job.status === 'done' ? (job.result as ImportResult) : null);

/** Brings customers, orders, subscriptions and costs in: choose a file, look at it, import it, see what became of its rows. */
export default function ImportPage() {
  const text = useText();
  const attempt = useAttempt();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  const [params] = useSearchParams();
  const [kind, setKind] = useState(() => kindNamed(params.get('kind')));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [busy, setBusy] = useState(false);
  const [started, setStarted] = useState<string | null>(null);
  const [last, setLast] = useState<Job | null>(null);
  const recent = useResource('imports', loadRecent);

  // An import that somebody started before, in this window or elsewhere, is followed too.
  const underWay = recent.data?.jobs.find(isActive)?.id ?? null;
  const jobId = started ?? (underWay === last?.id ? null : underWay);
  const { job, error: lost } = useJob(jobId, (ended) => {
    setStarted(null);
    setLast(ended);
    recent.reload();
  });

  async function look(file: File, as: ImportKind) {
    setLast(null);
    setChosen({ file });
    setBusy(true);
    try {
      setChosen({ file, preview: await api.previewImport(as, file) });
    } catch (error) {
      setChosen({ file, problem: problemText(error) });
    }
    setBusy(false);
  }

  async function start(file: File) {
    setBusy(true);
    await attempt(async () => {
      const { jobId: id, joined } = await api.startImport(kind, file);
      if (joined) toggleNotification({ type: 'warning', message: text('clv.import.other-running') });
      // The file stays chosen while somebody else's import runs: it was not taken.
      else setChosen(null);
      setStarted(id);
    });
    setBusy(false);
  }

  function change(next: ImportKind) {
    setKind(next);
    // The same file may be read as another kind: a wrong choice is put right with one click.
    if (chosen) void look(chosen.file, next);
  }

  const importable = chosen?.preview ? chosen.preview.rows - chosen.preview.rejected : 0;
  return (
    <PluginPage title={text('clv.nav.import')} subtitle={text('clv.import.subtitle')}>
      {last && <Outcome job={last} />}
      {lost && <Note tone="warning">{text('clv.job.lost')}</Note>}
      {jobId && !lost && <JobProgress title={text('clv.import.running')} job={job} mayCancel />}
      {!jobId && (
        <ChooseFile
          kind={kind}
          onKind={change}
          file={chosen?.file ?? null}
          onFile={(file) => look(file, kind)}
          busy={busy}
        />
      )}
      {!jobId && chosen?.problem && (
        <Note tone="danger" title={text('clv.import.unreadable')}>
          {chosen.problem}
        </Note>
      )}
      {!jobId && chosen?.preview && (
        <Preview
          preview={chosen.preview}
          actions={
            <Flex gap={2}>
              <Button variant="tertiary" onClick={() => setChosen(null)} disabled={busy}>
                {text('clv.import.discard')}
              </Button>
              <Button
                onClick={() => start(chosen.file)}
                loading={busy}
                disabled={chosen.preview.columns.missing.length > 0 || importable === 0}
              >
                {text('clv.import.start', { n: importable })}
              </Button>
            </Flex>
          }
        />
      )}
      <RecentImports recent={recent} />
    </PluginPage>
  );
}
