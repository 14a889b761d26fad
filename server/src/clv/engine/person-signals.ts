import type { CustomerDetail } from '../api-types';
import { converter } from '../convert';
import { isCustomer, Past } from '../models/content/past';
import { ReadingFeatures } from '../models/content/reading-features';
import type { PersonFacts } from '../people/facts';
import type { Contents } from './contents';
import type { Engine } from './engine';
import { recordOf } from './reading';

/** How many are told. */
const MOST = 8;

/**
 * What of a person's reading multiplies the prediction most, against somebody who read nothing: only where predictions use
 * content. Of a prospect it is the odds of buying that are multiplied.
 *
 * @param titles of content items by id
 */
export function personSignals(
  engine: Engine,
  facts: PersonFacts,
  contents: Contents,
  titles: ReadonlyMap<string, string>,
  now: number,
): CustomerDetail['signals'] {
  const { content } = engine;
  const past = Past.of(recordOf(facts, contents, converter(engine)), now);
  const customers = content.customers?.model;
  const prospects = content.prospects?.model;
  const used = isCustomer(past)
    ? customers?.used && { vocabulary: customers.vocabulary, reading: customers.with.reading }
    : prospects?.buys.used && { vocabulary: prospects.vocabulary, reading: prospects.buys.with.reading };
  if (!used || past.touches.length === 0) return [];
  const features = new ReadingFeatures(used.vocabulary);
  return features
    .of(past)
    .map(([column, value]) => {
      const { key, name, group } = features.columns[column]!;
      const effect = Math.exp((used.reading[column] ?? 0) * value);
      return { key, name: group === 'item' ? (titles.get(name ?? '') ?? name) : name, effect };
    })
    .filter(({ effect }) => effect !== 1)
    .sort((a, b) => Math.abs(Math.log(b.effect)) - Math.abs(Math.log(a.effect)))
    .slice(0, MOST);
}
