import { type KnownItem, modelOf } from '../../server/src/activation/models/recommend/model-of';
import type { RecommendationModel } from '../../server/src/activation/models/recommend/types';
import type { Exposures } from '../../server/src/ranking/models/exposures';
import { type History, rankInputOf } from '../../server/src/ranking/models/history';
import type { Persons } from '../../server/src/ranking/models/persons';
import { type Ranking, rank } from '../../server/src/ranking/models/rank';
import { scopeOf } from '../../server/src/ranking/models/scope';
import { subsetOf } from '../../server/src/ranking/models/subset';
import { channelLifts } from '../../server/src/ranking/together/channel-lifts';
import { readTogether } from '../../server/src/ranking/together/read-together';
import { readershipOf } from '../../server/src/ranking/together/readership';

/** What an item is, beside what people did with it. */
export interface DescribedItem {
  key: string;
  kind: string;
  topics: string[];
  publishedAt: number;
}

const FDR = 0.1;

/**
 * The model that a site with this history would recommend by: the ranking by first order, that of each tier, and who reads
 * what, put together as on the site itself. Items are numbered as in the history.
 *
 * @param tierOf of each person; none where tiers are not known
 */
export function modelOfHistory(
  history: History,
  described: DescribedItem[],
  { madeAt, tierOf = [] }: { madeAt: number; tierOf?: string[] },
): RecommendationModel {
  const input = rankInputOf(history, 'first-order', { fdr: FDR });
  const { persons, exposures } = input;
  const ranking = rank(input);
  const ranked = figuresOf(ranking, history.contents);
  const tiers = new Map(
    [...new Set(tierOf)].map((tier) => [tier, tierFigures({ persons, exposures }, input, tierOf, tier)]),
  );
  const together = readTogether(exposures);
  const channels = channelLifts(exposures, persons);
  const { persons: readers, reach, recent } = readershipOf(exposures);
  const known = described.map((item, i): KnownItem => {
    const { figures, detail } = ranked[i]!;
    return {
      contentId: i,
      locale: '',
      title: item.key,
      ...item,
      ranked: { ...figures, standardError: detail.standardError },
      inTiers: Object.fromEntries([...tiers].map(([tier, items]) => [tier, items[i]!.figures])),
      readership: {
        reach: reach[i]!,
        recent: recent[i]!,
        together: together[i]!,
        channels: channels[i]!,
      },
    };
  });
  const head = { jobId: 'simulated', madeAt, landmark: 'first-order', persons: readers };
  return modelOf(known, head, ranking.typical?.spread ?? 0);
}

function tierFigures(
  people: { persons: Persons; exposures: Exposures },
  input: ReturnType<typeof rankInputOf>,
  tierOf: string[],
  tier: string,
) {
  const part = subsetOf(people, (person) => tierOf[person] === tier);
  const scope = scopeOf(part.persons, part.exposures, 'first-order');
  return figuresOf(rank({ ...input, ...part, scope }), part.exposures.contents);
}

function figuresOf({ items }: Ranking, contents: number) {
  const found: Ranking['items'] = new Array(contents);
  for (const one of items) found[one.item] = one;
  return found;
}
