import { describe, expect, test } from 'vitest';
import { ExposureLog } from '../../../server/src/ranking/models/exposures';
import { itemStudy } from '../../../server/src/ranking/models/item-study';
import type { Persons } from '../../../server/src/ranking/models/persons';
import { scopeOf } from '../../../server/src/ranking/models/scope';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../server/src/stats/seeded-random';

const DAY = 86_400_000;
const COUNT = 3000;

/** People whose channel goes with reading item 0 and with value; reading it adds `effect` to log value, more with dose. */
function world(effect: number, published: number) {
  const random = seededRandom(11);
  const values = new Float64Array(COUNT);
  const log = new ExposureLog();
  const doses = new Map<number, { touches: number; seconds: number; depth: number }>();
  const channels: string[] = [];
  for (let person = 0; person < COUNT; person++) {
    const ads = random() < 0.5;
    channels.push(ads ? 'ads' : 'search');
    const dose = 1 + Math.floor(4 * random());
    const reads = random() < (ads ? 0.5 : 0.2);
    if (reads) {
      log.add(person, 1, published + 1 + person);
      doses.set(person, { touches: dose, seconds: 0, depth: 0 });
    }
    for (const item of [2, 3, 4, 5])
      if (random() < 0.4) log.add(person, item, DAY * (1 + Math.floor(50 * random())));
    const level = 5 + (ads ? 1 : 0) + (reads ? (effect * dose) / 2.5 : 0) + 0.8 * sampleNormal(random);
    values[person] = Math.round(100 * Math.expm1(level));
  }
  const filled = (value: number) => new Float64Array(COUNT).fill(value);
  const persons: Persons = {
    count: COUNT,
    firstOrderAt: filled(400 * DAY),
    firstSeenAt: filled(0),
    values,
    valuesFromDate: filled(0),
    priorValues: filled(0),
    channels,
    accountSizes: filled(1),
  };
  return { persons, exposures: log.byItem([1, 2, 3, 4, 5]), doses };
}

function study(effect: number, published = DAY) {
  const { persons, exposures, doses } = world(effect, published);
  const scope = scopeOf(persons, exposures, 'all');
  return itemStudy({ persons, exposures, scope, item: 0, publishedAt: published, unit: 100, doses });
}

describe('a closer look at one item', () => {
  test('finds the difference that is there, with a trait that goes with both taken out', () => {
    const found = study(0.5);
    expect(found.refused).toBeNull();
    expect(found.low).toBeLessThan(0.5);
    expect(found.high).toBeGreaterThan(0.5);
    expect(found.low).toBeGreaterThan(0.2);
    expect(found.eValue!.estimate).toBeGreaterThan(found.eValue!.bound);
    const channel = found.balance.find(({ trait }) => trait === 'channel:ads')!;
    expect(Math.abs(channel.before!)).toBeGreaterThan(0.4);
    expect(Math.abs(channel.after!)).toBeLessThan(0.1);
  });

  test('value goes up with the dose, and doses that nobody measured are left out', () => {
    const { doses } = study(0.5);
    expect(doses.touches!.groups.map(({ from }) => from)).toEqual([1, 2, 3, 4]);
    expect(doses.touches!.trend!.low).toBeGreaterThan(0);
    expect(doses.seconds).toBeNull();
    expect(doses.depth).toBeNull();
  });

  test('finds nothing where nothing is', () => {
    const found = study(0);
    expect(found.low).toBeLessThan(0);
    expect(found.high).toBeGreaterThan(0);
    expect(found.eValue!.bound).toBe(1);
  });

  test('leaves out who was gone before the item came out', () => {
    const found = study(0.5, 30 * DAY);
    expect(found.n).toBeLessThan(COUNT);
    expect(found.n).toBeGreaterThan(found.exposed);
  });
});
