import type { Figure, NotEnough, Signal } from '../../clv/api-types';
import type { ContentReport, ProspectReport } from '../../clv/models/content';
import type { ContentPart } from './content';
import { fixed, percent, table } from './text';

const SIGNALS = 5;

/** What reading adds to the predictions, as people read it. */
export function contentTable({ customers, prospects }: ContentPart): string {
  return [
    'with what people read and without it, on people the models had not seen (95 % intervals):',
    'notEnough' in customers ? scarce('customers', customers.notEnough) : ofCustomers(customers),
    'notEnough' in prospects ? scarce('prospects', prospects.notEnough) : ofProspects(prospects),
  ].join('\n\n');
}

function scarce(who: string, { has, needs, of }: NotEnough): string {
  return `${who}: not enough data: ${has} of ${needs} ${of}`;
}

function ofCustomers(report: ContentReport): string {
  return [
    `${report.n} customers`,
    comparison(report),
    verdict(report),
    ...signals(report.signals, 'value'),
  ].join('\n');
}

function ofProspects(report: ProspectReport): string {
  const { auc, aucChange, brier, brierChange } = report.buys;
  const chance = [
    row('AUC of buying', auc.without, auc.with, aucChange, 4),
    row('Brier score', brier.without, brier.with, brierChange, 4),
  ];
  return [
    `${report.n} prospects, of whom ${report.buyers} bought`,
    comparison(report, chance),
    verdict({ ...report, penalty: report.penalty ?? report.buys.penalty }),
    ...signals(report.buys.signals, 'odds of buying'),
  ].join('\n');
}

function comparison(report: ContentReport, more: string[][] = []): string {
  const { without, with: withContent, deviance } = report;
  return table(
    ['', 'without', 'with', 'difference', 'interval'],
    [
      row('MAE', without.mae, withContent.mae, report.maeChange, 2),
      row('RMSE', without.rmse, withContent.rmse, report.rmseChange, 2),
      row('deviance', deviance.without, deviance.with, report.devianceChange, 4),
      row('Gini', without.gini, withContent.gini, report.giniChange, 4),
      row('top 10 %', without.topDecileShare, withContent.topDecileShare, report.topDecileChange, 4),
      ...more,
    ],
  );
}

function row(
  name: string,
  without: number | null,
  withContent: number | null,
  change: Figure,
  decimals: number,
) {
  const known = 'value' in change;
  return [
    name,
    fixed(without, decimals),
    fixed(withContent, decimals),
    known ? fixed(change.value, decimals, true) : '–',
    known ? `${fixed(change.low, decimals)} to ${fixed(change.high, decimals)}` : '–',
  ];
}

function verdict({ used, devianceChange, deviance, penalty }: ContentReport): string {
  if (penalty === null) return 'What people read is left out: cross-validation found no use for it.';
  if (used && 'value' in devianceChange) {
    return `What people read helps: deviance ${percent(devianceChange.value / deviance.without, true)}.`;
  }
  return 'What people read does not clearly help; predictions would go without it.';
}

/** The clearest signals, of those whose interval leaves out 1. */
function signals(all: readonly Signal[], what: string): string[] {
  const clear = all.filter(({ low, high }) => low > 1 || high < 1).slice(0, SIGNALS);
  if (clear.length === 0) return [];
  const lines = clear.map(({ key, effect, low, high, n }) => [
    key,
    `× ${fixed(effect, 3)}`,
    `${fixed(low, 3)} to ${fixed(high, 3)}`,
    String(n),
  ]);
  return [table([`associated with the ${what}`, 'factor', 'interval', 'n'], lines)];
}
