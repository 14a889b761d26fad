import { deserialize, serialize } from 'node:v8';
import type { Links } from '../links';
import type { Exposures } from '../models/exposures';
import type { RankingTaskData } from '../rank.task';
import type { RunData } from '../run-data';

/**
 * What a run leaves in memory for refreshes after it: who first touched what. All of it stands in memory that threads share,
 * so that handing it over copies nothing; and the main thread never unpacks it.
 */
export interface WarmRun {
  /** What the run went by; a refresh does too, so that its figures stand beside those that stay. */
  settings: Omit<RankingTaskData, 'now'>;
  /** Touches that happened before this moment are in it. */
  until: number;
  /** Items by number. */
  contentIds: number[];
  exposures: Exposures;
  /** `WarmPeople`, packed. */
  people: Uint8Array;
}

export interface WarmPeople {
  /** By number, those with a browser. */
  personIds: string[];
  links: Links;
}

export function keepWarm({ settings, contentIds, exposures, personIds, linked, links }: RunData): WarmRun {
  const { contents, start, person, firstAt } = exposures;
  const { now: until, ...rest } = settings;
  const people: WarmPeople = { personIds: personIds.slice(0, linked), links };
  const packed = serialize(people);
  return {
    settings: rest,
    until,
    contentIds,
    exposures: {
      contents,
      start: copied(start, new Uint32Array(shared(start))),
      person: copied(person, new Int32Array(shared(person))),
      firstAt: copied(firstAt, new Float64Array(shared(firstAt))),
    },
    people: copied(packed, new Uint8Array(shared(packed))),
  };
}

export const peopleOf = ({ people }: WarmRun): WarmPeople => deserialize(Uint8Array.from(people));

const shared = ({ byteLength }: ArrayBufferView) => new SharedArrayBuffer(byteLength);

function copied<Column extends { set(values: ArrayLike<number>): void }>(
  values: ArrayLike<number>,
  into: Column,
): Column {
  into.set(values);
  return into;
}
