import { checkPaths, itemCount, type Path, type PathCredits } from './paths';
import { firstWeights, lastWeights, linearWeights, positionWeights, type Weights } from './place-weights';
import { stepDecayWeights } from './time-decay';

/** Rules that need only the order of the touches. */
export type PlaceModel = 'first' | 'last' | 'linear' | 'position' | 'time-decay';

/**
 * Credits paths by a rule, each path for itself. Time decay goes by steps here, for paths carry no times.
 *
 * @param halfLife of `time-decay`, in touches; 7 unless told
 * @throws RangeError on a half-life that is not above 0, and on paths that `checkPaths` refuses
 */
export function creditByRule(paths: readonly Path[], model: PlaceModel, halfLife?: number): PathCredits {
  checkPaths(paths);
  const weightsFor = byLength(model, halfLife);
  const items = itemCount(paths);
  const credits = { conversions: new Float64Array(items), value: new Float64Array(items) };
  for (const path of paths) {
    if (path.conversions === 0) continue;
    const weights = weightsFor(path.items.length);
    for (let i = 0; i < weights.length; i++) {
      credits.conversions[path.items[i]!]! += path.conversions * weights[i]!;
      credits.value[path.items[i]!]! += path.value * weights[i]!;
    }
  }
  return credits;
}

/** The weights for a number of touches, worked out once each. */
function byLength(model: PlaceModel, halfLife?: number): (touches: number) => Weights {
  const known = new Map<number, Weights>();
  return (touches) => {
    let weights = known.get(touches);
    if (!weights) {
      weights = model === 'time-decay' ? stepDecayWeights(touches, halfLife) : PLACE_WEIGHTS[model](touches);
      known.set(touches, weights);
    }
    return weights;
  };
}

export const PLACE_WEIGHTS: Record<Exclude<PlaceModel, 'time-decay'>, (touches: number) => Weights> = {
  first: firstWeights,
  last: lastWeights,
  linear: linearWeights,
  position: positionWeights,
};
