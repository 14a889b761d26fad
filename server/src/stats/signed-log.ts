/** log(1 + x), and −log(1 − x) below zero: as good as the logarithm for large amounts, and defined for none and for debts. */
export const signedLog = (x: number): number => (x < 0 ? -Math.log1p(-x) : Math.log1p(x));
