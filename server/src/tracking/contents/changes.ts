import type { Strapi } from '../../room';
import { watchDocuments } from '../documents';

/** Documents that changed and were not looked at again yet. */
export interface Changes {
  mark(uid: string, documentId: string): void;
  /** Asks for everything to be looked at. */
  markAll(): void;
  /** Takes all marks; `all` when everything has to be looked at, also because there were too many to remember. */
  take(): { all: boolean; byType: Map<string, string[]> };
}

const MOST_MARKS = 10_000;

export function changeMarks(): Changes {
  let marks = new Map<string, Set<string>>();
  let count = 0;
  let all = false;

  return {
    mark(uid, documentId) {
      if (count >= MOST_MARKS) {
        all = true;
        return;
      }
      const ofType = marks.get(uid) ?? new Set();
      if (!ofType.has(documentId)) count += 1;
      marks.set(uid, ofType.add(documentId));
    },
    markAll() {
      all = true;
    },
    take() {
      const taken = { all, byType: new Map([...marks].map(([uid, ids]) => [uid, [...ids]])) };
      marks = new Map();
      count = 0;
      all = false;
      return taken;
    },
  };
}

const ACTIONS = ['create', 'clone', 'update', 'publish', 'unpublish', 'discardDraft', 'delete'];

/** Calls `run` once what is being written is committed: an outer transaction may still be open, or be undone. */
async function afterCommit(strapi: Strapi, run: () => void): Promise<void> {
  if (!strapi.db.inTransaction()) return run();
  await strapi.db.transaction(async ({ onCommit }) => onCommit(run));
}

/**
 * Marks everything when a locale is deleted: Strapi then deletes its entries past the document service.
 *
 * @returns the function that ends it
 */
export function watchLocales(strapi: Strapi, changes: Changes): () => void {
  if (!strapi.plugin('i18n')) return () => {};
  return strapi.db.lifecycles.subscribe({
    models: ['plugin::i18n.locale'],
    afterDelete: () => afterCommit(strapi, changes.markAll),
    afterDeleteMany: () => afterCommit(strapi, changes.markAll),
  });
}

/**
 * Marks documents of tracked types when they change, and everything when an entry does that their topics and groups come
 * from; a timer then reads their committed state. So it does not matter in what order, how often, or inside which transaction
 * Strapi writes the rows.
 *
 * @returns the function that ends it
 */
export function watchChanges(
  strapi: Strapi,
  uids: ReadonlySet<string>,
  related: ReadonlySet<string>,
  changes: Changes,
): () => void {
  return watchDocuments(strapi, async (context, next) => {
    const result = await next();
    // A topic or an author that gets another name has it in every entry.
    if (related.has(context.uid) && ACTIONS.includes(context.action))
      await afterCommit(strapi, changes.markAll);
    if (uids.has(context.uid) && ACTIONS.includes(context.action)) {
      const { documentId } = { ...context.params, ...(result as object) } as { documentId?: string };
      if (documentId) await afterCommit(strapi, () => changes.mark(context.uid, documentId));
    }
    return result;
  });
}
