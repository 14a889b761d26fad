/** Shares of one conversion for the touches of a journey, first to last: at least 0, together 1. */
export type Weights = Float64Array;

/** All to the first touch. */
export function firstWeights(touches: number): Weights {
  const weights = new Float64Array(touches);
  weights[0] = 1;
  return weights;
}

/** All to the last touch. */
export function lastWeights(touches: number): Weights {
  const weights = new Float64Array(touches);
  weights[touches - 1] = 1;
  return weights;
}

/**
 * The same to each touch, as in HubSpot and in the R package ChannelAttribution: who touched an item three times gives
 * it three shares. `creditByEqualSplit` gives each different item the same instead.
 */
export function linearWeights(touches: number): Weights {
  return new Float64Array(touches).fill(1 / touches);
}

const ENDS = 0.4;

/**
 * 40 % to the first touch, 40 % to the last and 20 % spread over those between (the position-based model of Google Ads,
 * AttributionModelEnum); two touches get one half each.
 */
export function positionWeights(touches: number): Weights {
  if (touches < 3) return linearWeights(touches);
  const weights = new Float64Array(touches).fill((1 - 2 * ENDS) / (touches - 2));
  weights[0] = ENDS;
  weights[touches - 1] = ENDS;
  return weights;
}
