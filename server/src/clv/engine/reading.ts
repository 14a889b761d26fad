import type { Convert } from '../convert';
import type { CustomerModel } from '../models/content/customers';
import { predictor } from '../models/content/linear-model';
import type { ContentTouch, Past, PersonRecord } from '../models/content/past';
import { prospectFeatures } from '../models/content/prospect-features';
import { type ProspectScore, scoreProspect } from '../models/content/prospects';
import { purchaseFeatures } from '../models/content/purchase-features';
import { ReadingFeatures } from '../models/content/reading-features';
import type { PersonFacts } from '../people/facts';
import type { Contents } from './contents';
import type { Engine } from './engine';

/** Reading raises or lowers a prediction by no more than this factor: what the tails of a fit say is not trusted further. */
const MOST = 10;
const DAY = 86_400_000;

/** A person as the content models know them: orders in minor units of the report's currency. */
export function recordOf(facts: PersonFacts, contents: Contents, convert: Convert): PersonRecord {
  return {
    orders: facts.orders.map(({ at, amount, currency }) => ({ at, value: convert(amount, currency) })),
    touches: facts.touches.flatMap((touch): ContentTouch[] => {
      const item = contents.get(touch.contentId);
      const { at, linkedAt: knownAt, kind, seconds, depth, channel } = touch;
      return item ? [{ item, at, knownAt, kind, channel, seconds, depth }] : [];
    }),
  };
}

/** What content says of persons, by the models of an engine. */
export interface Reading {
  /** What a customer's prediction is multiplied by; 1 where content is not used. */
  factor(past: Past, expected: number | null): number;
  /** What becomes of a prospect within the horizon; null without a model. */
  prospect(past: Past): ProspectScore | null;
}

export function readingOf({ content, horizonDays }: Engine): Reading {
  const { customers, prospects } = content;
  const features = {
    customers: customers && new ReadingFeatures(customers.model.vocabulary),
    prospects: prospects && new ReadingFeatures(prospects.model.vocabulary),
  };
  return {
    factor(past, expected) {
      if (!customers?.model.used || !features.customers) return 1;
      return factorOf(customers.model, features.customers, past, expected);
    },
    prospect(past) {
      if (!prospects || !features.prospects) return null;
      const { model, reach } = prospects;
      const base = prospectFeatures(past, model.vocabulary);
      const { buys, value } = scoreProspect(model, base, features.prospects.of(past));
      // The chance was measured over another time than the horizon; it is taken to be the same in each part of it.
      const within = -Math.expm1(Math.log1p(-Math.min(buys, 1 - 1e-12)) * ((horizonDays * DAY) / reach));
      return { buys: within, value, expected: within * value };
    },
  };
}

/** Expected value with what the person read over that without it. */
function factorOf(
  model: CustomerModel,
  features: ReadingFeatures,
  past: Past,
  expected: number | null,
): number {
  const base = purchaseFeatures(past, expected, model.floor);
  const gain = predictor(model.with, base, features.of(past)) - predictor(model.without, base, []);
  return Math.exp(Math.min(Math.log(MOST), Math.max(-Math.log(MOST), gain)));
}
