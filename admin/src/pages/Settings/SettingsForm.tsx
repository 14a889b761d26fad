import { Flex } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { NeededRun, SettingsAnswer } from '../../../../server/src/settings/api-types';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { TableSkeleton } from '../../components/Skeleton';
import { useAllowed } from '../../plugin';
import { useProblemText } from '../../problem';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { Changes } from './Changes';
import { useDraft } from './draft';
import { FieldRow } from './FieldRow';
import { useLeaveWarning } from './leave-warning';
import { Recompute } from './Recompute';
import { SaveBar } from './SaveBar';
import { Section } from './Section';
import { FIELDS, type FieldWords, SECTIONS, type SectionName } from './sections';
import { isConflict, settingsApi } from './settings-api';
import { TiersFields } from './TiersFields';

type Heading = 'h2' | 'h3';

/** All that can be set, with what it would change before it is saved. */
export function SettingsForm({ heading }: { heading: Heading }) {
  const text = useText();
  const { data, error, reload } = useResource('settings', settingsApi.read);
  const answer = useLast(data);
  if (error && !answer)
    return <ErrorState title={text('clv.settings.failed')} error={error} retry={reload} />;
  if (!answer) return <TableSkeleton rows={6} />;
  return <Form answer={answer} heading={heading} reload={reload} />;
}

function Form({ answer, heading, reload }: { answer: SettingsAnswer; heading: Heading; reload: () => void }) {
  const text = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  const draft = useDraft(answer);
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState(false);
  const [runs, setRuns] = useState<NeededRun[]>([]);
  const [saved, setSaved] = useState<number | null>(null);
  useLeaveWarning(draft.count > 0);

  async function save() {
    setSaving(true);
    setConflict(false);
    try {
      const { version } = await settingsApi.save({ version: answer.version, values: draft.values });
      setRuns([...new Set([...runs, ...(draft.preview?.runs ?? [])])]);
      setSaved(version);
      toggleNotification({ type: 'success', message: text('clv.settings.saved') });
    } catch (error) {
      setSaving(false);
      if (isConflict(error)) setConflict(true);
      else toggleNotification({ type: 'danger', message: problemText(error) });
    }
    reload();
  }

  // What was typed stands in the fields until the answer with it is there.
  const { discard } = draft;
  useEffect(() => {
    if (saved === null || answer.version < saved) return;
    discard();
    setSaved(null);
    setSaving(false);
  }, [saved, answer.version, discard]);

  const card = (name: SectionName, more?: ReactNode) => {
    const section = SECTIONS[name];
    return (
      <Section heading={heading} title={text(section.name)} what={text(section.what)}>
        <Grid>
          {(section.fields as FieldWords[]).map((field) => (
            <FieldRow key={field.path} field={field} draft={draft} />
          ))}
        </Grid>
        {more}
      </Section>
    );
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Recompute runs={runs} onDone={(done) => setRuns((left) => left.filter((run) => run !== done))} />
      {answer.ignored.length > 0 && (
        <Note tone="warning" title={text('clv.settings.ignored')}>
          {answer.ignored.map(({ path }) => text(FIELDS[path].name)).join(', ')}
        </Note>
      )}
      {card('consent')}
      {card(
        'money',
        allowed.value && (
          <Costs>
            {text('clv.settings.costs')} <Link to="?show=costs">{text('clv.settings.costs.link')}</Link>
          </Costs>
        ),
      )}
      <Section heading={heading} title={text(SECTIONS.tiers.name)} what={text(SECTIONS.tiers.what)}>
        <Grid>
          <TiersFields answer={answer} draft={draft} />
        </Grid>
      </Section>
      {card('targets')}
      {card('models')}
      {card('privacy')}
      {card('experiments')}
      {answer.changes.length > 0 && (
        <Section heading={heading} title={text('clv.settings.changes')}>
          <Changes changes={answer.changes} />
        </Section>
      )}
      {conflict && (
        <Note tone="danger" title={text('clv.settings.conflict')}>
          {text('clv.settings.conflict.what', {
            by: answer.changes[0]?.by ?? text('clv.settings.changes.gone'),
          })}
        </Note>
      )}
      {draft.count > 0 && <SaveBar draft={draft} saving={saving} onSave={save} />}
    </Flex>
  );
}

const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(32rem, 100%), 1fr));
  gap: 2.4rem;
  align-items: start;
`;

const Costs = styled.p`
  padding-top: 1.6rem;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral700};

  a {
    color: ${({ theme }) => theme.colors.primary600};
  }
`;
