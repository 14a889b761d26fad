import { describe, expect, it } from 'vitest';
import { idOf, layoutFlow } from '../../../admin/src/pages/Journeys/flow-layout';
import type { Flow } from '../../../server/src/ranking/journeys/api-types';
import { JOURNEYS_PAGE } from '../../support/admin/journeys-fixture';

const flow: Flow = JOURNEYS_PAGE.report!.flow;
const [WIDTH, HEIGHT] = [900, 480];
const { nodes, links, columns } = layoutFlow(flow, WIDTH, HEIGHT);
const steps = [...new Set(nodes.map(({ step }) => step))];
const at = (step: number) => nodes.filter((node) => node.step === step).sort((a, b) => a.y - b.y);

/** Where a ribbon leaves and arrives: top and foot at both ends. */
function ends(path: string) {
  const numbers = path.match(/-?\d+(\.\d+)?/g)!.map(Number);
  return { leaves: numbers[1]!, arrives: numbers[7]!, foot: numbers[8]! };
}

describe('the layout of the flow', () => {
  it('keeps the bars of a step apart and within the drawing, all on one scale', () => {
    const perPerson = new Set<string>();
    for (const step of steps) {
      let foot = -16;
      for (const { y, height, persons } of at(step)) {
        expect(y).toBeGreaterThanOrEqual(foot + 16 - 1e-6);
        foot = y + height;
        if (height > 2) perPerson.add((height / persons).toFixed(9));
      }
      expect(foot).toBeLessThanOrEqual(HEIGHT + 1e-6);
    }
    expect(perPerson.size).toBe(1);
  });

  it('puts who ordered at the top and who is gone at the foot, at every step', () => {
    for (const step of steps) {
      const keys = at(step).map(({ key }) => key);
      if (keys.includes('ordered')) expect(keys[0]).toBe('ordered');
      if (keys.includes('left')) expect(keys.at(-1)).toBe('left');
      const places = keys.flatMap((key, place) => (typeof key === 'number' ? [place] : []));
      if (keys.includes('other')) expect(keys.indexOf('other')).toBeGreaterThan(Math.max(...places));
    }
    expect(columns).toHaveLength(steps.length);
    expect(columns.at(-1)).toBeLessThan(WIDTH);
  });

  it('fills each bar with its ribbons, on both sides', () => {
    for (const { id, y, height, persons } of nodes) {
      const out = links.filter((link) => link.sourceId === id);
      const into = links.filter((link) => link.targetId === id);
      if (out.length > 0) expect(Math.min(...out.map(({ path }) => ends(path).leaves))).toBeCloseTo(y, 6);
      if (into.length > 0) {
        expect(Math.min(...into.map(({ path }) => ends(path).arrives))).toBeCloseTo(y, 6);
        const foot = Math.max(...into.map(({ path }) => ends(path).foot));
        expect(Math.abs(foot - (y + height))).toBeLessThan(1.5);
        expect(into.reduce((sum, link) => sum + link.persons, 0)).toBe(persons);
      }
    }
  });

  it('knows nodes of one key at different steps apart', () => {
    expect(idOf(1, 7)).not.toBe(idOf(2, 7));
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  });
});
