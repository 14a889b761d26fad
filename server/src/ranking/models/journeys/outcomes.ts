import { hasOrdered, type Journeys } from './journeys';

/** How a journey stands: an order ended it, somebody read a new item of late, or nobody saw them do so for long. */
export type Outcome = 'ordered' | 'reading' | 'left';

/** Days without a new item after which somebody without an order counts as gone. */
export const READING_DAYS = 30;

const DAY = 86_400_000;

/** The outcome of each person who has a journey. */
export function outcomeOf({ persons, start, at }: Journeys, person: number, now: number): Outcome {
  if (hasOrdered(persons, person)) return 'ordered';
  return now - at[start[person + 1]! - 1]! <= READING_DAYS * DAY ? 'reading' : 'left';
}

export interface JourneyCounts {
  /** Persons who have a journey, by how it stands. */
  readers: number;
  ordered: number;
  reading: number;
  left: number;
  /** Customers who read nothing before they ordered. */
  orderedUnread: number;
}

export function countJourneys(journeys: Journeys, now: number): JourneyCounts {
  const { persons, start } = journeys;
  const counts: JourneyCounts = { readers: 0, ordered: 0, reading: 0, left: 0, orderedUnread: 0 };
  for (let person = 0; person < persons.count; person++) {
    if (start[person] === start[person + 1]) {
      if (hasOrdered(persons, person)) counts.orderedUnread++;
      continue;
    }
    counts.readers++;
    counts[outcomeOf(journeys, person, now)]++;
  }
  return counts;
}
