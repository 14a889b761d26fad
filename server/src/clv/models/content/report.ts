import type { ContentComparison, Figure } from '../../api-types';
import { type CalibrationGroup, calibrationByPrediction } from '../calibration';
import type { Compared } from './compare';

/** The comparison, and what a table has no room for. */
export interface ContentReport extends Omit<ContentComparison, 'relativeDevianceChange'> {
  topDecileChange: Figure;
  /** Mean deviance: what the models minimise, so that it tells best which of them is nearer. */
  deviance: { with: number; without: number };
  devianceChange: Figure;
  /** Tenths of the predictions with content. */
  calibration: CalibrationGroup[];
  /** Ridge on the content features, chosen by cross-validation; null when it left them all out. */
  penalty: number | null;
}

/** What a comparison says of predictions of `actual`. */
export function reportOf(
  { change, with: withContent, without, deviance }: Compared,
  predicted: Float64Array,
  actual: Float64Array,
): Omit<ContentReport, 'penalty' | 'used' | 'signals'> {
  return {
    n: actual.length,
    with: withContent,
    without,
    maeChange: change.mae,
    rmseChange: change.rmse,
    giniChange: change.gini,
    topDecileChange: change.topDecileShare,
    deviance,
    devianceChange: change.deviance,
    calibration: calibrationByPrediction(predicted, actual),
  };
}

/** Whether an interval leaves no doubt that an error went down. */
export function isBelowZero(figure: Figure): boolean {
  return 'value' in figure && figure.high !== null && figure.high < 0;
}

/** Infinity has no place in JSON. */
export const penaltyOrNull = (penalty: number): number | null => (Number.isFinite(penalty) ? penalty : null);
