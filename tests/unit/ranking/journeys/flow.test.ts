import { describe, expect, it } from 'vitest';
import {
  FLOW_ITEMS,
  FLOW_STEPS,
  type Flow,
  flowOf,
} from '../../../../server/src/ranking/models/journeys/flow';
import { countJourneys } from '../../../../server/src/ranking/models/journeys/outcomes';
import { DAY, journeysOfHistory, journeysOfReaders, randomHistory, times } from './people';

const sum = (rows: { persons: number }[]) => rows.reduce((total, { persons }) => total + persons, 0);
const nodesAt = ({ nodes }: Flow, step: number) => nodes.filter((node) => node.step === step);

describe('the flow of journeys', () => {
  it('keeps everyone at every step, and tells nothing of items with fewer than five', () => {
    for (const seed of [1, 2, 3, 4]) {
      for (const contents of [3, 12, 200]) {
        const journeys = journeysOfHistory(randomHistory(seed, 700, contents));
        const flow = flowOf(journeys, 75 * DAY);
        const counts = countJourneys(journeys, 75 * DAY);
        expect(flow.persons).toBe(counts.readers);
        for (let step = 0; step <= FLOW_STEPS; step++) {
          const nodes = nodesAt(flow, step);
          expect(sum(nodes)).toBe(flow.persons);
          expect(nodes.filter(({ key }) => typeof key === 'number').length).toBeLessThanOrEqual(FLOW_ITEMS);
          for (const { key, persons } of nodes) {
            const leaving = flow.links.filter((link) => link.step === step && link.from === key);
            const arriving = flow.links.filter((link) => link.step === step - 1 && link.to === key);
            if (step < FLOW_STEPS) expect(sum(leaving)).toBe(persons);
            if (step > 0) expect(sum(arriving)).toBe(persons);
          }
        }
        for (const { from, to, persons } of flow.links)
          if (typeof from === 'number' || typeof to === 'number') expect(persons).toBeGreaterThanOrEqual(5);
        const last = Object.fromEntries(nodesAt(flow, FLOW_STEPS).map(({ key, persons }) => [key, persons]));
        const { ordered, reading, left } = counts;
        expect({ ordered: 0, reading: 0, left: 0, ...last }).toEqual({ ordered, reading, left });
      }
    }
  });

  it('goes from item to item, and stays at the outcome once there is one', () => {
    const readers = [
      ...times(6, { reads: 'ab', orders: 3 }),
      ...times(7, { reads: 'a' }),
      ...times(8, { reads: 'b', from: 80 }),
      ...times(5, { reads: 'abcdef', orders: 9 }),
    ];
    const flow = flowOf(journeysOfReaders(readers), 100 * DAY);
    const told = flow.links.map(({ step, from, to, persons }) => `${step} ${from} ${to} ${persons}`);
    expect(told.toSorted()).toEqual(
      [
        '0 0 1 11',
        '0 0 left 7',
        '0 1 reading 8',
        '1 1 2 5',
        '1 1 ordered 6',
        '1 left left 7',
        '1 reading reading 8',
        '2 2 3 5',
        '2 ordered ordered 6',
        '2 left left 7',
        '2 reading reading 8',
        '3 3 ordered 5',
        '3 ordered ordered 6',
        '3 left left 7',
        '3 reading reading 8',
      ].toSorted(),
    );
  });

  it('shows whom too few went with at the other items', () => {
    const flow = flowOf(
      journeysOfReaders([
        ...times(10, { reads: 'ab' }),
        ...times(4, { reads: 'ac' }),
        ...times(9, { reads: 'cd' }),
      ]),
      100 * DAY,
    );
    expect(nodesAt(flow, 1).map(({ key, persons }) => [key, persons])).toEqual([
      [1, 10],
      [3, 9],
      ['other', 4],
    ]);
    // Four who came from a to something else would be known to have come from a: they are shown at neither.
    expect(nodesAt(flow, 0).map(({ key, persons }) => [key, persons])).toEqual([
      [0, 10],
      [2, 9],
      ['other', 4],
    ]);
  });

  it('shows the same few items whoever of equals comes first', () => {
    const letters = [...'abcdefghij'];
    const flow = flowOf(
      journeysOfReaders(
        letters.flatMap((letter) => times(6, { reads: letter })),
        10,
      ),
      100 * DAY,
    );
    expect(nodesAt(flow, 0).map(({ key }) => key)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 'other']);
  });
});
