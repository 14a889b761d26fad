import { checkJourney, type Journey, type Touch, touchesBefore } from './journey';
import { fullPathWeights, wShapeWeights } from './milestones';
import { inMinorUnits } from './minor-units';
import type { Weights } from './place-weights';
import { PLACE_WEIGHTS } from './rules';
import { timeDecayWeights } from './time-decay';

/** Models that credit each order for itself. */
export const ORDER_MODELS = [
  'first',
  'last',
  'last-content',
  'linear',
  'position',
  'w-shape',
  'full-path',
  'time-decay',
] as const;

export type OrderModel = (typeof ORDER_MODELS)[number];

export interface OrderOptions {
  /** Milliseconds before the order from which on touches count; all of them unless told. */
  lookBack?: number;
  /** Of `time-decay`, in days; 7 unless told. */
  halfLife?: number;
  /** Of `last-content`: which touches are content; those that are a read or a download unless told. */
  isContent?: (touch: Touch) => boolean;
}

export interface OrderCredit {
  content: number;
  /** Of the order, above 0; those of an order sum to 1 but for rounding. */
  share: number;
  /** Minor units; those of an order sum to its amount exactly. */
  amount: number;
}

const DAY = 86_400_000;

/**
 * Credits one order to the items that were touched before it. No touch at or after the order changes this, nor a milestone
 * that is reached after it.
 *
 * @returns one row an item, in the order of first touch; none when nothing was touched before: the amount is then to be
 * booked as that of no content
 * @throws RangeError on an option out of bounds, and on a journey that `checkJourney` refuses
 */
export function creditOrder(journey: Journey, model: OrderModel, options: OrderOptions = {}): OrderCredit[] {
  checkJourney(journey);
  const touches = touchesBefore(journey, options.lookBack);
  if (touches.length === 0) return [];
  const weights = weightsOf(touches, journey, model, options);
  const shareOf = new Map<number, number>();
  touches.forEach(({ content }, i) => {
    if (weights[i]! > 0) shareOf.set(content, (shareOf.get(content) ?? 0) + weights[i]!);
  });
  const amounts = inMinorUnits(journey.order.amount, [...shareOf.values()]);
  return Array.from(shareOf, ([content, share], i) => ({ content, share, amount: amounts[i]! }));
}

function weightsOf(touches: Touch[], journey: Journey, model: OrderModel, options: OrderOptions): Weights {
  switch (model) {
    case 'w-shape':
      return wShapeWeights(touches, journey);
    case 'full-path':
      return fullPathWeights(touches, journey);
    case 'last-content':
      return lastContentWeights(touches, options.isContent);
    case 'time-decay': {
      const days = touches.map(({ at }) => (journey.order.at - at) / DAY);
      return timeDecayWeights(days, options.halfLife);
    }
    default:
      return PLACE_WEIGHTS[model](touches.length);
  }
}

/**
 * All to the last touch that is content, as in Parse.ly ("last post touched") and Ghost; when none is, to the last touch.
 */
function lastContentWeights(touches: Touch[], isContent = wasTaken): Weights {
  const last = touches.findLastIndex(isContent);
  const weights = new Float64Array(touches.length);
  weights[last < 0 ? touches.length - 1 : last] = 1;
  return weights;
}

const wasTaken = ({ kind }: Touch): boolean => kind === 'read' || kind === 'download';
