import type { Signal } from '../../../server/src/clv/api-types';
import { kindName } from '../format';
import type { MessageId, Text } from '../text';

/** Signals by the keys that the server gives. */
const SIGNAL: Record<string, MessageId> = {
  reader: 'clv.signal.reader',
  touches: 'clv.signal.touches',
  distinctItems: 'clv.signal.items',
  activeDays: 'clv.signal.days',
  minutes: 'clv.signal.minutes',
  reads: 'clv.signal.reads',
  downloads: 'clv.signal.downloads',
  depth: 'clv.signal.depth',
  sinceLastTouch: 'clv.signal.since-last',
  sinceFirstTouch: 'clv.signal.since-first',
  touchesLastMonth: 'clv.signal.last-month',
  touchesSinceLastOrder: 'clv.signal.since-order',
  readBeforeFirstOrder: 'clv.signal.read-before',
  downloadBeforeFirstOrder: 'clv.signal.download-before',
  readingBeforeFirstOrder: 'clv.signal.reading-before',
  expected: 'clv.signal.expected',
  orders: 'clv.signal.orders',
  sinceFirstSeen: 'clv.signal.since-seen',
};

/** Of signals that name something (`topic:cooking`): how that is said. */
const NAMED: Record<string, MessageId> = {
  topicShare: 'clv.signal.topic-share',
  firstType: 'clv.signal.first-type',
  firstTopic: 'clv.signal.first-topic',
  channel: 'clv.signal.channel',
};

/** What a signal is called: an item, a topic or a type by its own name. */
export function signalName({ key, name }: Pick<Signal, 'key' | 'name'>, text: Text): string {
  if (name === null) return SIGNAL[key] ? text(SIGNAL[key]) : key;
  const [prefix = ''] = key.split(':');
  const own = prefix === 'item' ? name : kindName(name);
  return NAMED[prefix] ? text(NAMED[prefix], { name: own }) : own;
}
