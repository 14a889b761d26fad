import { plannedShares } from '../../models/experiments/arms';
import { covariatesOf } from '../../models/experiments/covariates';
import { effectsOf } from '../../models/experiments/effects';
import { MISMATCH, ratioMismatchP } from '../../models/experiments/ratio-mismatch';
import { LEAST_UNITS, verdictOf } from '../../models/experiments/verdict';
import type { ArmReport, EffectReport, ExperimentDesign, ExperimentReport } from '../api-types';
import type { MetUnits } from './met-units';
import type { Worth, Worths } from './worths';

export interface ReportInput {
  at: number;
  design: ExperimentDesign;
  met: MetUnits;
  worths: Worths;
  worth: Worth;
  /** Whether the planned end of a fixed horizon has come; true under a sequential one. */
  final: boolean;
}

/** What screens read of an experiment. */
export function buildReport({ at, design, met, worths, worth, final }: ReportInput): ExperimentReport {
  const shares = plannedShares(design);
  const place = new Map(shares.map(({ arm }, k) => [arm, k]));
  const arm = Uint8Array.from(met.units, (unit) => place.get(unit.arm) ?? 0);
  const arms = shares.map(({ arm: name }, k) => armReport(name, k, arm, met, worths));
  const pValue = ratioMismatchP(
    arms.map(({ units }) => units),
    shares.map(({ share }) => share),
  );
  const ratio = { pValue, ok: pValue >= MISMATCH };
  const report: ExperimentReport = {
    at,
    currency: worth.currency,
    value: worth.value === 'revenue' ? 'revenue' : 'margin',
    arms,
    effects: [],
    ratio,
    crossed: met.crossed,
    final,
  };
  if (!ratio.ok || arms.some(({ units }) => units < LEAST_UNITS)) return report;

  const effects = effectsOf(
    { arm, arms: arms.length, value: worths.value, covariates: covariatesOf(worths) },
    { horizon: design.horizon, alpha: design.alpha, unitDays: worths.daysIn.reduce((sum, d) => sum + d, 0) },
  );
  const buyersOf = (k: number) => arms[k]!.units * arms[k]!.buyers;
  report.effects = effects.map((effect, v): EffectReport => {
    const { arm: name, units } = arms[v + 1]!;
    const buyers = [buyersOf(0), buyersOf(v + 1)].map(Math.round);
    return {
      arm: name,
      ...effect,
      incremental: effect.perUnit.value * units,
      verdict: verdictOf(effect, { buyers, final, alpha: design.alpha }),
    };
  });
  return report;
}

function armReport(name: string, k: number, arm: Uint8Array, { units }: MetUnits, worths: Worths): ArmReport {
  const report: ArmReport = { arm: name, units: 0, persons: 0, customers: 0, mean: 0, sum: 0, buyers: 0 };
  for (let i = 0; i < arm.length; i++) {
    if (arm[i] !== k) continue;
    report.units += 1;
    if (units[i]!.personId !== null) report.persons += 1;
    if (worths.ordersBefore[i]! > 0) report.customers += 1;
    report.sum += worths.value[i]!;
    report.buyers += worths.bought[i]!;
  }
  if (report.units > 0) {
    report.mean = report.sum / report.units;
    report.buyers /= report.units;
  }
  return report;
}
