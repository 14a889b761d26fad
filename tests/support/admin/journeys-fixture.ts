import type {
  ContentName,
  ItemJourneys,
  ItemJourneysAnswer,
  JourneysPage,
} from '../../../server/src/ranking/journeys/api-types';
import { journeysReport } from '../../../server/src/ranking/journeys/section';
import { Told } from '../../../server/src/ranking/journeys/told';
import { exposuresOf, type History, personsOf } from '../../../server/src/ranking/models/history';
import { analyseJourneys } from '../../../server/src/ranking/models/journeys';
import { seededRandom } from '../../../server/src/stats/seeded-random';

/*
 * Answers of the journeys' routes over a few thousand people, as a small data set does not bring them forth. Some items are
 * doors, some are read last, and the price list follows the comparison.
 */

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T08:00:00Z');
const PEOPLE = 4600;

const TITLES = [
  'How to choose a CRM for a company of ten',
  'The price list, explained line by line',
  'Comparing the three plans: what each of them leaves out, and for whom that matters',
  'Seven mistakes in the first month',
  'White paper: what a customer is worth',
  'A day with the support team',
  'Why we moved our shop to a headless CMS',
  'Customer story: Rossi Ferramenta, from paper to the web in a quarter',
  'GDPR for small shops',
  'Newsletter archive, autumn',
  'Checklist before you sign',
  'What is lifetime value?',
  'The same answer in two languages',
  'The same answer in two languages',
  'Release notes 5.2',
  'Ein sehr langes zusammengesetztes Wort: Kundenlebenszeitwertberechnungsgrundlage',
];
const KINDS = ['article', 'white-paper'];

const CONTENTS: ContentName[] = TITLES.map((title, index) => ({
  contentId: 101 + index,
  uid: 'api::article.article',
  documentId: `document-${index}`,
  locale: index === 13 ? 'it' : 'en',
  kind: KINDS[Number(index === 4)]!,
  title,
}));

const [COMPARISON, PRICES, CHECKLIST] = [2, 1, 10];

function world(): History {
  const random = seededRandom(17);
  const history: History = { persons: PEOPLE, contents: TITLES.length, touches: [], orders: [] };
  for (let person = 0; person < PEOPLE; person++) {
    const from = NOW - Math.floor(400 * random()) * DAY;
    const read: number[] = [];
    const length = 1 + Math.floor(7 * random() ** 2);
    let at = from;
    let chance = 0.04;
    while (read.length < length && at < NOW) {
      const last = read.at(-1);
      const weights = TITLES.map((_, item) => {
        if (read.includes(item)) return 0;
        if (last === COMPARISON && item === PRICES) return 9;
        if (last === PRICES && item === CHECKLIST) return 5;
        if (last === undefined && item === CHECKLIST) return 0.1;
        return 2.4 / (1 + 0.35 * item);
      });
      let draw = random() * weights.reduce((sum, weight) => sum + weight, 0);
      const item = weights.findIndex((weight) => {
        draw -= weight;
        return weight > 0 && draw < 0;
      });
      read.push(item);
      history.touches.push({ person, content: item, at });
      if (item === CHECKLIST) chance += 0.35;
      if (item === PRICES) chance += 0.12;
      chance += 0.03;
      at += Math.ceil(-9 * Math.log(1 - random())) * DAY;
    }
    if (random() < chance)
      history.orders.push({ person, at, value: Math.round(4000 + 60_000 * random() ** 3) });
  }
  for (let n = 0; n < 140; n++)
    history.orders.push({ person: history.persons++, at: NOW - n * DAY, value: 9000 });
  return history;
}

const history = world();
const analysis = analyseJourneys({
  exposures: exposuresOf(history),
  persons: personsOf(history, 'first-order'),
  now: NOW,
  isTopTier: (person) => person % 7 === 0,
});
const told = new Told(
  CONTENTS.map(({ contentId }) => contentId),
  100,
);
const run = { jobId: 'job-1', createdAt: NOW, simulated: true };

export const JOURNEYS_PAGE: JourneysPage = {
  run,
  report: {
    currency: 'EUR',
    value: 'clv',
    topTier: { tier: 'platinum', paths: told.paths(analysis.topTierPaths!) },
    ...journeysReport(analysis, told),
  },
  contents: CONTENTS,
};

const ITEMS = new Map<number, ItemJourneys>(
  analysis.items.map((one) => [CONTENTS[one.item]!.contentId, told.item(one)]),
);

/** What `GET /clv/journeys/item` answers. */
export const itemAnswer = (contentId: number): ItemJourneysAnswer => ({
  run,
  item: ITEMS.get(contentId) ?? null,
  contents: CONTENTS,
});

/** The item after which the price list is read more often than after others. */
export const COMPARISON_ID = CONTENTS[COMPARISON]!.contentId;
export const PRICES_ID = CONTENTS[PRICES]!.contentId;
