import { signedLog } from '../../stats/signed-log';
import type { Dose, ItemStudy } from '../study/api-types';
import { outSince } from './adjustment';
import { crossFit, splitPersons } from './causal/cross-fit';
import { designOf } from './causal/design';
import { type DoseCurve, doseCurve } from './causal/dose-curve';
import { doublyRobust } from './causal/doubly-robust';
import { eValue } from './causal/e-value';
import type { Exposures } from './exposures';
import { exposedPlaces } from './item-sums';
import type { Persons } from './persons';
import type { Scope } from './scope';
import { type Trait, traitsOf } from './traits';

export interface StudyInput {
  persons: Persons;
  exposures: Exposures;
  scope: Scope;
  /** Number of the item, and when it came out; null where nobody knows. */
  item: number;
  publishedAt: number | null;
  /** Minor units in a major unit of the values. */
  unit: number;
  /** By person number, of those who touched it before their boundary; 0 where nothing was measured. */
  doses: Map<number, Record<Dose, number>>;
}

const SEED = 1;
const FOLDS = 5;

/**
 * Looks closely at one item among the persons of a scope who could have read it: the doubly robust difference in
 * log(1 + value) given all traits, how strong a hidden cause would have to be to explain it away, and value by dose.
 */
export function itemStudy(input: StudyInput): ItemStudy {
  const { persons, exposures, scope, item, publishedAt, unit } = input;
  const readers = new Set(exposedPlaces(scope, exposures, item));
  const since = outSince(exposures, item, publishedAt);
  const places = [...scope.members.keys()].filter(
    (place) => readers.has(place) || scope.lastActiveAt[place]! >= since,
  );
  const exposed = Uint8Array.from(places, (place) => Number(readers.has(place)));
  const { centre, deviations } = scope.population;
  const outcome = Float64Array.from(places, (place) => signedLog((centre + deviations[place]!) / unit));
  const traits = traitsOf(persons, scope, unit);
  const covariates = traits.map((trait) => columnOf(trait, places, exposed));

  const found = doublyRobust({ exposed, outcome, covariates }, { seed: SEED, folds: FOLDS });
  const { estimate, low, high, spread } = found;
  const known = estimate !== null && low !== null && high !== null && spread !== null;
  return {
    n: found.n,
    exposed: found.exposed,
    difference: estimate,
    low,
    high,
    standardError: found.standardError,
    spread,
    effective: found.effectiveSampleSize,
    clipped: found.clipped,
    refused: found.refused,
    balance: found.balance.map((balance, k) => ({ trait: traits[k]!.name, ...balance })),
    eValue: known ? eValue({ estimate, low, high, spread }) : null,
    doses: dosesOf(input, places, exposed, found.refused ? null : expected(exposed, outcome, covariates)),
  };
}

/** A trait of the persons compared, with the item itself left out of what its readers read. */
const columnOf = ({ values, without }: Trait, places: number[], exposed: Uint8Array) =>
  Float64Array.from(places, (place, i) => (exposed[i] ? without : values)[place]!);

/** Each person's outcome less what is expected of persons like them who did not read it. */
function expected(exposed: Uint8Array, outcome: Float64Array, covariates: Float64Array[]): Float64Array {
  const folds = splitPersons(exposed, FOLDS, SEED);
  const { ifUnexposed } = crossFit(designOf(covariates, outcome), exposed, folds, FOLDS);
  return outcome.map((value, i) => value - ifUnexposed[i]!);
}

function dosesOf(
  { scope, doses }: StudyInput,
  places: number[],
  exposed: Uint8Array,
  residuals: Float64Array | null,
): Record<Dose, DoseCurve | null> {
  const unexposed = residuals?.filter((_, i) => !exposed[i]);
  const curve = (dose: Dose): DoseCurve | null => {
    if (!residuals || !unexposed) return null;
    const taken: number[] = [];
    const rests: number[] = [];
    for (const [i, place] of places.entries()) {
      const amount = exposed[i] ? (doses.get(scope.members[place]!)?.[dose] ?? 0) : 0;
      if (amount <= 0) continue;
      taken.push(amount);
      rests.push(residuals[i]!);
    }
    return taken.length > 0 ? doseCurve({ doses: taken, residuals: rests, unexposed }) : null;
  };
  return { touches: curve('touches'), seconds: curve('seconds'), depth: curve('depth') };
}
