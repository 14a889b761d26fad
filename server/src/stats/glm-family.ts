/** A family with its canonical link: the mean and its derivative by the linear predictor, and the loss −log L up to a constant. */
export interface Family {
  mean(eta: number): number;
  /** dμ/dη, which is the variance function too. */
  slope(mu: number): number;
  loss(y: number, eta: number): number;
}

const MOST = 30;
const bounded = (eta: number): number => Math.max(-MOST, Math.min(MOST, eta));

/** Log link, variance in proportion to the mean: for any outcome that is not negative (a quasi-likelihood). */
export const POISSON: Family = {
  mean: (eta) => Math.exp(bounded(eta)),
  slope: (mu) => mu,
  loss: (y, eta) => Math.exp(bounded(eta)) - y * eta,
};

/** Logit link, for outcomes 0 and 1. */
export const BINOMIAL: Family = {
  mean: (eta) => 1 / (1 + Math.exp(-bounded(eta))),
  slope: (mu) => mu * (1 - mu),
  loss: (y, eta) => (eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta))) - y * eta,
};
