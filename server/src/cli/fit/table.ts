import { contentTable } from './content-table';
import type { FitDocument } from './document';
import { digits, fixed, percent, table } from './text';

/** The result as people read it. */
export function fitTable(document: FitDocument): string {
  const sections = [head, parameters, spend, holdout, choice, expected, content];
  return sections
    .map((section) => section(document))
    .filter((text) => text !== '')
    .join('\n\n');
}

function head({ model, customers, repeatCustomers, unit, observedFrom, observedUntil }: FitDocument): string {
  const who = `${customers} customers, ${repeatCustomers} of them with a repeat order`;
  return `${model ?? 'no model'}: ${who}; ${observedFrom} to ${observedUntil}, in ${unit}s`;
}

function parameters({ parameters, standardErrors, logLikelihood, problem }: FitDocument): string {
  const said = problem ? [sentence(problem)] : [];
  if (!parameters) return said.join('\n');
  const rows = Object.entries(parameters).map(([name, value]) => [
    name,
    digits(value, 5),
    digits(standardErrors?.[name] ?? null, 5),
  ]);
  return [
    table(['parameter', 'estimate', 'standard error'], rows),
    `log-likelihood ${fixed(logLikelihood, 3)}`,
    ...said,
  ].join('\n');
}

function spend({ monetary, currency, value }: FitDocument): string {
  const { parameters, customers, correlation, logLikelihood, kind, problem } = monetary;
  const figures = parameters
    ? Object.entries(parameters).map(([name, figure]) => `${name} ${digits(figure, 5)}`)
    : [];
  const said = [
    `spend (${value} in ${currency}, first orders left out): ${kind} on ${customers} customers`,
    ...(figures.length > 0 ? [`${figures.join(', ')}; log-likelihood ${fixed(logLikelihood, 3)}`] : []),
    ...(correlation === null ? [] : [`correlation of orders and spend ${fixed(correlation, 2)}`]),
  ].join('; ');
  return problem ? `${said}\nEveryone is given the mean of all. ${sentence(problem)}` : said;
}

interface Judged {
  name: string | null;
  predicted: number | null;
  bias: number | null;
  mae: number | null;
  rmse: number | null;
  gini: number | null;
  topDecileShare: number | null;
}

function judged(rows: readonly Judged[]): string {
  return table(
    ['', 'predicted', 'bias', 'MAE', 'RMSE', 'Gini', 'top 10 %'],
    rows.map(({ name, predicted, bias, mae, rmse, gini, topDecileShare }) => [
      name,
      fixed(predicted, 1),
      percent(bias, true),
      fixed(mae, 4),
      fixed(rmse, 4),
      fixed(gini, 4),
      percent(topDecileShare),
    ]),
  );
}

/** A regular model with k = 1 is the one without k, which stands there already. */
const different = (candidates: NonNullable<FitDocument['choice']>['candidates']) =>
  candidates.filter(({ parameters }) => parameters.k !== 1);

function holdout({ holdout, model, unit, end, choice }: FitDocument): string {
  if (!holdout) return '';
  const models = choice ? different(choice.candidates) : [{ name: model, ...holdout }];
  return [
    `holdout: ${fixed(holdout.periods, 1)} ${unit}s to ${end}, in which ${holdout.actual} orders came`,
    judged([...models, ...holdout.heuristics]),
  ].join('\n');
}

function choice({ choice, holdout, unit }: FitDocument): string {
  if (!choice) return '';
  const reason = sentence(choice.reason);
  if (holdout) return reason;
  return [
    `tried on the last ${fixed(choice.periods, 1)} ${unit}s, with ${choice.customers} customers known before; fitted again on all`,
    judged([...different(choice.candidates), ...choice.heuristics]),
    reason,
  ].join('\n');
}

function expected({ expected, horizon, unit, currency, discountRate, observedUntil }: FitDocument): string {
  if (!expected) return 'Nothing can be predicted.';
  const alive = expected.alive === null ? '' : `; ${fixed(expected.alive, 0)} customers still are ones`;
  return (
    `expected in the ${fixed(horizon, 1)} ${unit}s after ${observedUntil}: ${fixed(expected.purchases, 1)} orders, ` +
    `worth ${fixed(expected.clv, 2)} ${currency} (discounted at ${percent(discountRate)} a year)${alive}`
  );
}

function content({ content }: FitDocument): string {
  return content ? contentTable(content) : '';
}

/** Begins with a capital and ends with a full stop. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun.endsWith('.') ? begun : `${begun}.`;
}
