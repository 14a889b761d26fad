/** A parameter as it was estimated from simulated customers, and as it truly was. */
export interface Recovered {
  name: string;
  truth: number;
  estimate: number;
  standardError: number;
  /** Judged on the scale of logarithms, for parameters above zero with skewed estimates. */
  positive: boolean;
}

export interface Study {
  name: string;
  /** Simulates that many customers, fits, and says what came out; null when the fit was not usable. */
  recover(customers: number, seed: number): { recovered: Recovered[] | null; fitMilliseconds: number };
}

export interface Outcome<Name extends string> {
  parameters: Record<Name, number>;
  standardErrors: Record<Name, number> | null;
  converged: boolean;
}

/** Fits, with the time that takes, and sets the parameters beside the truth. */
export function judged<Name extends string, F extends Outcome<Name>>(
  truth: Record<Name, number>,
  estimated: () => F,
  more: (outcome: F) => Recovered[] = () => [],
) {
  const before = performance.now();
  const outcome = estimated();
  const fitMilliseconds = performance.now() - before;
  const { parameters, standardErrors, converged } = outcome;
  if (!standardErrors || !converged) return { recovered: null, fitMilliseconds };
  const names = Object.keys(truth) as Name[];
  const recovered = names.map((name) => ({
    name: name as string,
    truth: truth[name],
    estimate: parameters[name],
    standardError: standardErrors[name],
    positive: true,
  }));
  return { recovered: [...recovered, ...more(outcome)], fitMilliseconds };
}
