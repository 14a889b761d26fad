import type { Experiment, ExperimentReport } from '../../../../server/src/activation/experiments/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { plannedEnd } from './since';

/** Whether the figures may be believed already, in one sentence. */
export function useHorizonWords(): (experiment: Experiment, report: ExperimentReport | null) => string {
  const text = useText();
  const format = useFormats();
  return (experiment, report) => {
    const { design, state } = experiment;
    if (design.horizon === 'sequential') return text('clv.experiments.horizon.any-day');
    const end = plannedEnd(experiment);
    if (report?.final) return text('clv.experiments.horizon.final');
    if (state === 'stopped') return text('clv.experiments.horizon.too-early');
    if (end === null) return text('clv.experiments.horizon.days', { n: design.days ?? 0 });
    return text('clv.experiments.horizon.wait', {
      day: format.day(end, Intl.DateTimeFormat().resolvedOptions().timeZone),
    });
  };
}
