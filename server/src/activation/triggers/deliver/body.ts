import type { TriggerKind, TriggerMessage } from '../api-types';

/** What goes out of a message, to webhooks and to Strapi's event hub. */
export interface Outgoing {
  id: string;
  /** `clv.<kind>` */
  type: string;
  /** When it crossed, in ISO 8601. */
  timestamp: string;
  data: TriggerMessage;
}

export const eventOf = (kind: TriggerKind): string => `clv.${kind}`;

export function outgoing(id: string, createdAt: number, data: TriggerMessage): Outgoing {
  return { id, type: eventOf(data.trigger.kind), timestamp: new Date(createdAt).toISOString(), data };
}

/** The body of a webhook; its id stands in a header. */
export const bodyOf = ({ type, timestamp, data }: Outgoing): string =>
  JSON.stringify({ type, timestamp, data });
