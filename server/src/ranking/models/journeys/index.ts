import type { ValueReport } from '../../../clv/api-types';
import type { Exposures } from '../exposures';
import type { Persons } from '../persons';
import { type Ends, endsOf } from './ends';
import { type Flow, flowOf } from './flow';
import { type ItemJourneys, itemJourneys } from './item-journeys';
import { journeysOf } from './journeys';
import { countJourneys, type JourneyCounts } from './outcomes';
import { type Paths, pathsToOrder } from './paths';
import { timeToOrder } from './time-to-order';

/** What all journeys together say. Items and persons are numbers; amounts are in the unit of the persons' values. */
export interface JourneysAnalysis extends Ends {
  counts: JourneyCounts;
  flow: Flow;
  paths: Paths[];
  /** Paths of the customers in the top tier; null where nobody knows who is. */
  topTierPaths: Paths[] | null;
  time: ValueReport['timeToConversion'];
  items: ItemJourneys[];
}

export interface JourneysInput {
  exposures: Exposures;
  persons: Persons;
  /** Until when touches were seen. */
  now: number;
  isTopTier: ((person: number) => boolean) | null;
}

/** Follows everyone from the first item to the first order, or to the last item of who never ordered. */
export function analyseJourneys(
  { exposures, persons, now, isTopTier }: JourneysInput,
  progress: (fraction: number) => void = () => {},
): JourneysAnalysis {
  const journeys = journeysOf(exposures, persons);
  progress(0.3);
  const whole = {
    counts: countJourneys(journeys, now),
    flow: flowOf(journeys, now),
    paths: pathsToOrder(journeys),
    topTierPaths: isTopTier && pathsToOrder(journeys, isTopTier),
    time: timeToOrder(journeys),
    ...endsOf(journeys),
  };
  progress(0.6);
  return { ...whole, items: itemJourneys(journeys, now) };
}
