import { parentPort, workerData } from 'node:worker_threads';
import { ExposureLog } from '../../server/src/ranking/models/exposures';
import { type Order, personsOf } from '../../server/src/ranking/models/history';
import { analyseJourneys } from '../../server/src/ranking/models/journeys';
import { seededRandom } from '../../server/src/stats/seeded-random';

const { persons: count, items, exposures: wanted } = workerData as Record<string, number>;
const DAY = 86_400_000;
const random = seededRandom(1);

/** Some read a few items and some nearly all, popular ones rather than others; a third order at some time. */
function makeWorld() {
  const orders: Order[] = [];
  for (let person = 0; person < count; person++) {
    if (random() < 1 / 3) orders.push({ person, at: 700 * DAY * random(), value: 10_000 * random() });
  }
  const persons = personsOf({ persons: count, contents: items, touches: [], orders }, 'first-order');
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
const cpuBefore = process.cpuUsage();
const analysis = analyseJourneys({
  exposures,
  persons,
  now: 700 * DAY,
  isTopTier: (person) => person % 10 === 0,
});
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
parentPort!.postMessage({ seconds, processor: (user + system) / 1e6, made, told: analysis.items.length });
