import { parentPort, workerData } from 'node:worker_threads';
import { ExposureLog } from '../../server/src/ranking/models/exposures';
import { analyseJourneys } from '../../server/src/ranking/models/journeys';
import type { Persons } from '../../server/src/ranking/models/persons';
import { seededRandom } from '../../server/src/stats/seeded-random';

const { persons: count, items, exposures: wanted } = workerData as Record<string, number>;
const DAY = 86_400_000;
const random = seededRandom(1);

/** Some read a few items and some nearly all, popular ones rather than others; a third order at some time. */
function makeWorld() {
  const never = Number.POSITIVE_INFINITY;
  const firstOrderAt = new Float64Array(count).map(() => (random() < 1 / 3 ? 700 * DAY * random() : never));
  const persons: Persons = {
    count,
    firstOrderAt,
    firstSeenAt: new Float64Array(count),
    values: new Float64Array(count).map(() => 10_000 * random()),
    valuesFromDate: new Float64Array(count),
    valuesBeforeDate: new Float64Array(count),
    channels: [],
    accountSizes: new Float64Array(count).fill(1),
  };
  const log = new ExposureLog();
  let made = 0;
  for (let person = 0; person < count; person++) {
    const left = (wanted - made) / (count - person);
    const share = Math.min(1, (left * -Math.log(1 - random())) / items);
    for (let item = 0; item < items; item++) {
      if (random() >= share * 2 * (1 - item / items)) continue;
      log.add(person, item, Math.floor(700 * DAY * random()));
      made++;
    }
  }
  return { persons, exposures: log.byItem([...Array(items).keys()]), made };
}

const { persons, exposures, made } = makeWorld();
const startedAt = performance.now();
const analysis = analyseJourneys({
  exposures,
  persons,
  now: 700 * DAY,
  isTopTier: (person) => person % 10 === 0,
});
const seconds = (performance.now() - startedAt) / 1000;
parentPort!.postMessage({ seconds, made, told: analysis.items.length });
