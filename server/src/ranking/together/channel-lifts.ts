import type { Exposures } from '../models/exposures';
import type { Persons } from '../models/persons';
import { LiftPrior, shrunkenLift } from './lift-prior';

/** Channels that are told apart, those by which most was read. */
export const MOST_CHANNELS = 20;

/**
 * log of how much more often than by chance those who came by a channel read each item. By chance, each item's readers came
 * by the channels as the readers of everything did, so that channels whose people read more do not stand out everywhere.
 * Persons of no known channel are left out.
 *
 * @returns by item, the lift by channel
 */
export function channelLifts(
  { contents, start, person }: Exposures,
  { channels }: Pick<Persons, 'channels'>,
): Record<string, number>[] {
  const names = busiest(person, channels);
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const channelOf = Int32Array.from(channels, (name) =>
    name === undefined ? -1 : (numberOf.get(name) ?? -1),
  );
  const counts = new Float64Array(contents * names.length);
  const ofItem = new Float64Array(contents);
  const ofChannel = new Float64Array(names.length);
  let total = 0;
  for (let item = 0; item < contents; item++) {
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      const channel = channelOf[person[i]!]!;
      if (channel < 0) continue;
      counts[item * names.length + channel]!++;
      ofItem[item]!++;
      ofChannel[channel]!++;
      total++;
    }
  }
  const expected = (item: number, channel: number) => (ofItem[item]! * ofChannel[channel]!) / total;
  const prior = new LiftPrior();
  for (const [at, count] of counts.entries()) {
    const usual = expected(Math.floor(at / names.length), at % names.length);
    prior.add(count, usual);
    prior.addExpected(usual * usual);
  }
  const shape = prior.shape();
  return Array.from({ length: contents }, (_, item) => {
    const lifts: Record<string, number> = {};
    for (const [channel, name] of names.entries()) {
      const count = counts[item * names.length + channel]!;
      lifts[name] = ofItem[item]! === 0 ? 0 : shrunkenLift(count, expected(item, channel), shape);
    }
    return lifts;
  });
}

function busiest(person: Int32Array, channels: (string | undefined)[]): string[] {
  const counts = new Map<string, number>();
  for (const one of person) {
    const channel = channels[one];
    if (channel !== undefined) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, MOST_CHANNELS)
    .map(([channel]) => channel);
}
