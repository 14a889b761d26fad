import { outgoing } from './body';
import { type Sender, settled, takeNext } from './sender';

const AT_ONCE = 50;

/**
 * Tells Strapi's event hub on this node, and with it Strapi's own webhooks. A node that ends between telling and writing it down
 * tells it again, by the same id.
 */
export async function sendToHub(sender: Sender, destination: string): Promise<void> {
  while (!sender.signal.aborted) {
    const next = await takeNext(sender, destination, AT_ONCE);
    if (!next) return;
    for (const one of next) {
      sender.emit(outgoing(one.messageId, one.message.createdAt, one.message.payload));
      await settled(sender, one, { state: 'sent' });
    }
  }
}
