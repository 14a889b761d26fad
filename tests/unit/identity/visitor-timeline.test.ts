import { describe, expect, test } from 'vitest';
import { type Link, OPEN_END, placeLink } from '../../../server/src/identity/visitor-timeline';

/** Identifies one after another and returns who had the browser when. */
function timeline(identifies: [person: string, at: number | null][], now = 1000) {
  let links: Link[] = [];
  for (const [person, at] of identifies) {
    const change = placeLink(links, person, at, now);
    if (!change) continue;
    links = links.map((link) => change.updates.find((update) => update.id === link.id) ?? link);
    if (change.insert) links.push({ id: `link-${links.length}`, ...change.insert });
    links.sort((a, b) => a.linkedAt - b.linkedAt);
  }
  return links.map(({ personId, validFrom, validTo }) => [personId, validFrom, validTo]);
}

describe('whose browser a visitor is', () => {
  test('the first person has it from the beginning', () => {
    expect(timeline([['A', 500]])).toEqual([['A', 0, OPEN_END]]);
  });

  test('the same person again changes nothing', () => {
    expect(
      timeline([
        ['A', 500],
        ['A', 600],
        ['A', null],
      ]),
    ).toEqual([['A', 0, OPEN_END]]);
  });

  test('another person takes it over at that moment, and may give it back', () => {
    expect(
      timeline([
        ['A', 500],
        ['B', 600],
        ['A', 700],
      ]),
    ).toEqual([
      ['A', 0, 600],
      ['B', 600, 700],
      ['A', 700, OPEN_END],
    ]);
  });

  test('three people within one millisecond follow each other', () => {
    expect(
      timeline([
        ['A', null],
        ['B', null],
        ['A', null],
      ]),
    ).toEqual([
      ['A', 0, 1001],
      ['B', 1001, 1002],
      ['A', 1002, OPEN_END],
    ]);
  });

  test('now comes after what a node with a faster clock said', () => {
    expect(
      timeline([
        ['A', null],
        ['B', 5000],
        ['A', null],
      ]),
    ).toEqual([
      ['A', 0, 5000],
      ['B', 5000, 5001],
      ['A', 5001, OPEN_END],
    ]);
  });

  test('the order of arrival does not matter', () => {
    const identifies: [string, number][] = [
      ['A', 100],
      ['B', 200],
      ['B', 250],
      ['C', 300],
      ['A', 400],
    ];
    const inOrder = timeline(identifies);
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
      [3, 1, 0, 4, 2],
    ]) {
      expect(timeline(order.map((i) => identifies[i]))).toEqual(inOrder);
    }
  });

  test('where an erased person was the gap stays', () => {
    const erased: Link[] = [{ id: 'b', personId: 'B', validFrom: 200, validTo: OPEN_END, linkedAt: 200 }];
    const change = placeLink(erased, 'C', 100, 1000);
    expect(change?.insert).toEqual({ personId: 'C', validFrom: 100, validTo: 200, linkedAt: 100 });
    expect(change?.updates).toEqual([]);
  });

  test('after an erased person the same earlier person opens a link of their own', () => {
    const links: Link[] = [{ id: 'a', personId: 'A', validFrom: 0, validTo: 200, linkedAt: 100 }];
    expect(placeLink(links, 'A', 300, 1000)?.insert).toEqual({
      personId: 'A',
      validFrom: 300,
      validTo: OPEN_END,
      linkedAt: 300,
    });
  });
});
