import type { NewAssignment } from './types';

/** First meetings that wait to be written: bounded, and each unit of an experiment once. */
export function meetings(capacity: number) {
  let waiting = new Map<string, NewAssignment>();
  /** On their way to the table: still known, so that nobody changes arms meanwhile. */
  let underWay = new Map<string, NewAssignment>();
  let dropped = 0;

  const keyOf = (experimentId: string, unitKind: string, unitId: string) =>
    `${experimentId} ${unitKind} ${unitId}`;

  return {
    /** Remembers a meeting; one that finds no room is counted, and met again at the unit's next request. */
    add(meeting: NewAssignment): void {
      const key = keyOf(meeting.experimentId, meeting.unitKind, meeting.unitId);
      if (waiting.has(key) || underWay.has(key)) return;
      if (waiting.size >= capacity) dropped += 1;
      else waiting.set(key, meeting);
    },

    /** A meeting that no table has yet, or undefined. */
    find(experimentId: string, unitKind: string, unitId: string): NewAssignment | undefined {
      const key = keyOf(experimentId, unitKind, unitId);
      return underWay.get(key) ?? waiting.get(key);
    },

    /** Hands over all that wait; then `written` or `putBack`. */
    take(): NewAssignment[] {
      underWay = waiting;
      waiting = new Map();
      return [...underWay.values()];
    },

    written(): void {
      underWay = new Map();
    },

    /** They could not be written: those for which there is room wait again. */
    putBack(): void {
      const again = underWay;
      underWay = new Map();
      for (const meeting of again.values()) this.add(meeting);
    },

    size: () => waiting.size + underWay.size,

    /** How many found no room since this was last asked. */
    takeDropped(): number {
      const count = dropped;
      dropped = 0;
      return count;
    },
  };
}
