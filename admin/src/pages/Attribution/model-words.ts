import type {
  AttributionModel,
  AttributionReport,
} from '../../../../server/src/ranking/attribution/api-types';
import type { Formats } from '../../format';
import type { MessageId, Text } from '../../text';

export const MODEL_NAME: Record<AttributionModel, MessageId> = {
  first: 'clv.attribution.first',
  last: 'clv.attribution.last',
  'last-content': 'clv.attribution.last-content',
  linear: 'clv.attribution.linear',
  position: 'clv.attribution.position',
  'time-decay': 'clv.attribution.time-decay',
  'w-shape': 'clv.attribution.w-shape',
  'full-path': 'clv.attribution.full-path',
  markov: 'clv.attribution.markov',
  shapley: 'clv.attribution.shapley',
};

const MEANING: Record<AttributionModel, MessageId> = {
  first: 'clv.attribution.first.meaning',
  last: 'clv.attribution.last.meaning',
  'last-content': 'clv.attribution.last-content.meaning',
  linear: 'clv.attribution.linear.meaning',
  position: 'clv.attribution.position.meaning',
  'time-decay': 'clv.attribution.time-decay.meaning',
  'w-shape': 'clv.attribution.w-shape.meaning',
  'full-path': 'clv.attribution.full-path.meaning',
  markov: 'clv.attribution.markov.meaning',
  shapley: 'clv.attribution.shapley.meaning',
};

/** One sentence in plain words. */
export const modelMeaning = (
  model: AttributionModel,
  { halfLifeDays }: AttributionReport,
  text: Text,
): string => text(MEANING[model], { days: halfLifeDays });

/** How the model was made of these data, and what that means for reading it; null where there is nothing to say. */
export function modelNote(
  model: AttributionModel,
  { totals, markov, shapley }: AttributionReport,
  text: Text,
  format: Formats,
): string | null {
  const { ordersWithContent, identifiedOnTheWay, dealOnTheWay, journeysWithoutOrder, everyReader } = totals;
  const all = format.integer(ordersWithContent);
  const journeys = text('clv.attribution.journeys', {
    orders: all,
    others: format.integer(journeysWithoutOrder),
    every: everyReader,
  });
  const others = (n: number) => (n > 0 ? [text('clv.attribution.others.note', { n })] : []);
  switch (model) {
    case 'w-shape':
    case 'full-path':
      return text('clv.attribution.milestones', {
        identified: format.integer(identifiedOnTheWay),
        deals: format.integer(dealOnTheWay),
        all,
      });
    case 'markov':
      return [
        journeys,
        text('clv.attribution.markov.order', { order: markov.order }),
        ...others(markov.others),
      ].join(' ');
    case 'shapley':
      if (shapley.method === 'equal-split') return text('clv.attribution.shapley.equal');
      return [
        journeys,
        text(
          shapley.method === 'exact' ? 'clv.attribution.shapley.exact' : 'clv.attribution.shapley.sampled',
          {
            pairs: format.integer(shapley.pairs ?? 0),
          },
        ),
        ...others(shapley.others),
      ].join(' ');
    default:
      return null;
  }
}
