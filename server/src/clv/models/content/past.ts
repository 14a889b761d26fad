/** A content item as predictions know it. */
export interface ContentItem {
  id: string;
  /** Content type, such as `article`; null when it is not known. */
  type: string | null;
  /** Topics or categories; none when they are not known. */
  topics: readonly string[];
}

/** One consumption by one identified person. */
export interface ContentTouch {
  item: ContentItem;
  /** Epoch milliseconds, as all times here. */
  at: number;
  /** When it became known whose it is; at once unless told. */
  knownAt?: number;
  kind: 'view' | 'read' | 'download';
  seconds: number | null;
  /** How far down, 0 to 100. */
  depth: number | null;
  /** Where the person came from. */
  channel: string | null;
}

export interface DatedOrder {
  at: number;
  /** In the unit of the predictions, such as revenue in minor units or margin. */
  value: number;
  /** Whether it is no order; what has a negative value unless told. Of margins it must be told: an order may lose money. */
  refund?: boolean;
}

/** Whether it is an order: no refund, whatever it brought. */
export const isOrder = ({ refund, value }: DatedOrder): boolean => !(refund ?? value < 0);

/** Everything known of one person, before and after a cut; in any order. */
export interface PersonRecord {
  touches: readonly ContentTouch[];
  orders: readonly DatedOrder[];
}

/**
 * What was known of a person at a moment. All features are computed from it and from nothing else, and `Past.of` is the
 * only way to make one, so that nothing of what came afterwards can find its way into a prediction.
 */
export class Past {
  /** Earliest touch or order. */
  readonly firstSeenAt: number;

  private constructor(
    readonly at: number,
    /** In the order of time. */
    readonly touches: readonly ContentTouch[],
    /** In the order of time; refunds too. */
    readonly orders: readonly DatedOrder[],
  ) {
    this.firstSeenAt = Math.min(touches[0]?.at ?? at, orders[0]?.at ?? at);
  }

  /**
   * What happened strictly before the moment and was known then. People who come back sign in, and then it is known what
   * they read before: if that counted, reading would seem to foretell the coming back by which it became known.
   */
  static of(record: PersonRecord, at: number): Past {
    const known = record.touches.filter(({ knownAt }) => knownAt === undefined || knownAt < at);
    return new Past(at, before(known, at), before(record.orders, at));
  }
}

function before<Event extends { at: number }>(events: readonly Event[], at: number): Event[] {
  return events.filter((event) => event.at < at).sort((a, b) => a.at - b.at);
}

/** What a prediction is measured by. */
export interface Outcome {
  /** Orders that are no refunds. */
  orders: number;
  /** Sum of all orders, refunds taken off; never below zero, which no model of a mean can foresee. */
  value: number;
}

/** What came at the cut or later, and before the end. */
export function outcomeBetween({ orders }: PersonRecord, cut: number, end: number): Outcome {
  const outcome = { orders: 0, value: 0 };
  for (const order of orders) {
    if (order.at < cut || order.at >= end) continue;
    outcome.value += order.value;
    if (isOrder(order)) outcome.orders++;
  }
  return { ...outcome, value: Math.max(0, outcome.value) };
}

/** Whether the person had bought, when the past ends: an order that is no refund. */
export function isCustomer({ orders }: Past): boolean {
  return orders.some(isOrder);
}

/** Whether the person had only read. */
export function isProspect(past: Past): boolean {
  return past.touches.length > 0 && !isCustomer(past);
}
