import type { History } from '../../ranking/models/history';
import { note } from '../notes';
import { FirstChannels } from './first-channels';
import { Numbering } from './numbering';
import { readContents } from './read-contents';
import { readOrders } from './read-orders';
import { readTouches } from './read-touches';

export interface RankFiles {
  orders: string;
  touches: string;
  contents?: string;
  value: 'revenue' | 'margin';
  /** In which bare dates begin. */
  timezone: string;
}

export interface FileHistory {
  history: History;
  /** Ids and titles of the content items by number. */
  contentIds: string[];
  titles: string[];
  currency: string | null;
  digits: number;
}

/** Reads the files of a ranking and numbers their persons and content items. */
export async function historyOfFiles(files: RankFiles): Promise<FileHistory> {
  const orders = await readOrders(files.orders, files.value, files.timezone);
  const touches = await readTouches(files.touches, files.timezone, ({ channel }) => ({ channel }));
  const listed = files.contents ? await readContents(files.contents, files.timezone) : undefined;

  const contents = new Numbering();
  for (const contentId of listed?.keys() ?? []) contents.numberOf(contentId);
  const unlisted = new Set<string>();
  const contentOf = (contentId: string): number => {
    if (!listed) return contents.numberOf(contentId);
    const number = contents.find(contentId);
    if (number === undefined) unlisted.add(contentId);
    return number ?? -1;
  };

  const persons = new Numbering();
  const channels = new FirstChannels();
  const history: History = {
    persons: 0,
    contents: 0,
    orders: orders.facts.map(({ customerId, channel, ...order }) => {
      const person = persons.numberOf(`customer ${customerId}`);
      channels.add(person, channel, order.at);
      return { person, ...order };
    }),
    touches: touches.map(({ personId, isCustomer, contentId, at, channel }) => {
      const person = persons.numberOf(`${isCustomer ? 'customer' : 'visitor'} ${personId}`);
      channels.add(person, channel, at);
      return { person, content: contentOf(contentId), at };
    }),
  };
  history.persons = persons.keys.length;
  history.contents = contents.keys.length;
  history.channels = channels.byPerson;
  history.publishedAt = contents.keys.map((contentId) => listed?.get(contentId)?.publishedAt ?? null);
  if (unlisted.size > 0) {
    const which = [...unlisted].slice(0, 3).join(', ');
    note(
      `${files.touches}: ${unlisted.size} items are not in ${files.contents} and not ranked (${which}, …)`,
    );
  }
  return {
    history,
    contentIds: contents.keys,
    titles: contents.keys.map((contentId) => listed?.get(contentId)?.title ?? contentId),
    currency: orders.currency,
    digits: orders.digits,
  };
}
