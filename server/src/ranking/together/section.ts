import type { RunData, Section } from '../run-data';
import { channelLifts } from './channel-lifts';
import { readTogether } from './read-together';
import { readershipOf } from './readership';

/** The name under which a run keeps who reads what. */
export const TOGETHER = 'together';

/** Of the whole run. */
export interface TogetherReport {
  /** Persons who read anything. */
  persons: number;
}

/** Of one item: how many read it, what else they read, and by which channels they came. */
export interface ItemTogether {
  contentId: number;
  /** Share of all who read anything; and of those who first read anything in the last four weeks of the data. */
  reach: number;
  recent: number;
  /** Others by content id, and log of how much more often the same people read them than by chance; best first. */
  together: [contentId: number, lift: number][];
  /** log of how much more often than by chance the persons of a channel read it. */
  channels: Record<string, number>;
}

/** Far more than such figures are worth, and half of what they would take otherwise. */
const DIGITS = 4;
const rounded = (value: number) => Number(value.toFixed(DIGITS));

/** What is read by whom, for whoever chooses items for somebody. */
export async function togetherSection(
  { exposures, persons, contentIds }: Pick<RunData, 'exposures' | 'persons' | 'contentIds'>,
  progress: (fraction: number) => void,
): Promise<Section> {
  const readership = readershipOf(exposures);
  const channels = channelLifts(exposures, persons);
  progress(0.2);
  const together = readTogether(exposures);
  const items = contentIds.map((contentId, item) => ({
    item,
    body: {
      contentId,
      reach: readership.reach[item]!,
      recent: readership.recent[item]!,
      together: together[item]!.map(([other, lift]) => [contentIds[other]!, rounded(lift)]),
      channels: Object.fromEntries(
        Object.entries(channels[item]!).map(([name, lift]) => [name, rounded(lift)]),
      ),
    } satisfies ItemTogether,
  }));
  return { name: TOGETHER, body: { persons: readership.persons } satisfies TogetherReport, items };
}
