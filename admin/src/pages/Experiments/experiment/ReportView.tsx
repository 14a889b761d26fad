import type { ExperimentDetail } from '../../../../../server/src/activation/experiments/api-types';
import { Note } from '../../../components/Note';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { effectsInOrder, findingOf } from '../finding';
import { ArmsCard } from './ArmsCard';
import { CourseCard } from './CourseCard';
import { DesignCard } from './DesignCard';
import { EffectCard } from './EffectCard';
import { FindingCard } from './FindingCard';
import { HowCard } from './HowCard';

/** What came of an experiment. Where the arms are not as planned, nothing is told of the effect. */
export function ReportView({ detail }: { detail: ExperimentDetail }) {
  const text = useText();
  const format = useFormats();
  const { experiment, report } = detail;
  const finding = findingOf(report);
  const effects = report?.ratio.ok ? effectsInOrder(report.effects) : [];
  return (
    <>
      {finding.is === 'mismatch' ? (
        <Note
          tone="danger"
          title={text('clv.experiments.mismatch', { p: format.probability(report!.ratio.pValue) })}
        >
          {text('clv.experiments.mismatch.what')}
        </Note>
      ) : (
        <FindingCard experiment={experiment} report={report} finding={finding} />
      )}
      {effects.map((effect) => (
        <EffectCard key={effect.arm} experiment={experiment} report={report!} effect={effect} />
      ))}
      {effects.length > 0 && <CourseCard detail={detail} currency={report!.currency} />}
      {report && <ArmsCard experiment={experiment} report={report} />}
      {report && <HowCard experiment={experiment} report={report} effects={effects} />}
      {!report && <DesignCard detail={detail} />}
    </>
  );
}
