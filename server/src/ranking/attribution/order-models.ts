import {
  creditOrder,
  inMinorUnits,
  type Journey,
  ORDER_MODELS,
  type OrderCredit,
  type OrderModel,
  type Touch,
} from '../models/attribution';
import { netOf, type SettledOrder } from './refunds';
import type { AttributionSettings } from './settings';

/** What an item has of one order after refunds. */
export interface ItemCredit {
  content: number;
  /** Part of the conversion; those of an order sum to 1 but for rounding. */
  share: number;
  /** Minor units; those of an order sum to its amount after refunds exactly. */
  amount: number;
}

/** When a person became known; null where nobody knows. */
export type IdentifiedAt = number | null;

/**
 * Credits an order by every model that credits orders one by one, each refund taken back in the shares of its order.
 *
 * @param touches of the person, in any order; only those within the look-back before the order count
 * @returns one list of items a model; all are empty where nothing was touched before the order
 */
export function creditByOrderModels(
  { order, amount, refunds }: SettledOrder,
  touches: readonly Touch[],
  identifiedAt: IdentifiedAt,
  { lookBack, halfLifeDays }: Pick<AttributionSettings, 'lookBack' | 'halfLifeDays'>,
): Record<OrderModel, ItemCredit[]> {
  const journey: Journey = {
    touches,
    order: { at: order.at, amount },
    milestones: { identifiedAt, dealCreatedAt: order.dealCreatedAt },
  };
  const credits = {} as Record<OrderModel, ItemCredit[]>;
  for (const model of ORDER_MODELS) {
    const credited = creditOrder(journey, model, { lookBack, halfLife: halfLifeDays });
    credits[model] = refunds.length > 0 ? lessRefunds(credited, refunds) : credited;
  }
  return credits;
}

function lessRefunds(credits: OrderCredit[], refunds: number[]): ItemCredit[] {
  if (credits.length === 0) return credits;
  const shares = credits.map(({ share }) => share);
  const left = credits.map((credit) => ({ ...credit }));
  for (const refund of refunds) {
    inMinorUnits(refund, shares).forEach((part, i) => {
      left[i]!.amount += part;
    });
  }
  return left;
}

/** What all orders gave each item by one model: minor units, and parts of conversions. */
export interface Sums {
  amount: Float64Array;
  conversions: Float64Array;
}

const noSums = (items: number): Sums => ({
  amount: new Float64Array(items),
  conversions: new Float64Array(items),
});

/** Sums over the orders of a report. Amounts are whole numbers, so their sums are exact. */
export class OrderSums {
  readonly byModel: Record<OrderModel, Sums>;
  orders = 0;
  revenue = 0;
  ordersWithContent = 0;
  revenueWithContent = 0;
  /** Orders with content whose milestones lie between the first touch and the order. */
  identifiedBefore = 0;
  dealBefore = 0;

  constructor(
    items: number,
    private readonly settings: AttributionSettings,
  ) {
    this.byModel = Object.fromEntries(ORDER_MODELS.map((model) => [model, noSums(items)])) as Record<
      OrderModel,
      Sums
    >;
  }

  /** What was given back of no order known here. */
  addUnmatched(amount: number): void {
    this.revenue += amount;
  }

  /** @param touches those within the look-back before the order, first to last */
  add(order: SettledOrder, touches: readonly Touch[], identifiedAt: IdentifiedAt): void {
    const net = netOf(order);
    this.orders += 1;
    this.revenue += net;
    if (touches.length === 0) return;
    this.ordersWithContent += 1;
    this.revenueWithContent += net;
    const within = (at: number | null) => at !== null && at >= touches[0]!.at && at <= order.order.at;
    if (within(identifiedAt)) this.identifiedBefore += 1;
    if (within(order.order.dealCreatedAt)) this.dealBefore += 1;
    const credits = creditByOrderModels(order, touches, identifiedAt, this.settings);
    for (const model of ORDER_MODELS) {
      const { amount, conversions } = this.byModel[model];
      for (const credit of credits[model]) {
        amount[credit.content]! += credit.amount;
        conversions[credit.content]! += credit.share;
      }
    }
  }
}
