import type { Persons } from './models/persons';
import { NEEDED } from './models/verdict';

/** A part of the persons that is ranked by itself. */
export interface Slice {
  /** '' for everyone, or what divides the persons. */
  of: '' | 'channel';
  value: string;
  belongs(person: number): boolean;
}

const MOST_VALUES = 10;

const EVERYONE: Slice = { of: '', value: '', belongs: () => true };

/** Everyone, and the channels most customers came by, as far as they have enough of them to say anything. */
export function slicesOf({ channels, firstOrderAt }: Persons): Slice[] {
  const customers = new Map<string, number>();
  channels.forEach((channel, person) => {
    if (channel !== undefined && firstOrderAt[person]! < Number.POSITIVE_INFINITY)
      customers.set(channel, (customers.get(channel) ?? 0) + 1);
  });
  const busiest = [...customers]
    .filter(([, count]) => count >= NEEDED)
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, MOST_VALUES);
  return [
    EVERYONE,
    ...busiest.map(
      ([channel]): Slice => ({
        of: 'channel',
        value: channel,
        belongs: (person) => channels[person] === channel,
      }),
    ),
  ];
}
