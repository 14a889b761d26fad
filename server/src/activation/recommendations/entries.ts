import { authenticate } from '../../identity/proof/strapi-login';
import type { Strapi } from '../../room';
import type { Context } from '../../tracking/http';
import { NO_READ } from '../../tracking/read-hook';

/** What the content API was asked for of the entries. */
export interface Wanted {
  filters?: unknown;
  fields?: unknown;
  populate?: unknown;
}

interface Entry {
  documentId: string;
  locale?: string | null;
}

/** The parts of Strapi's content API that its own controllers use. */
interface ContentApi {
  validate: { query(query: object, schema: object, options: object): Promise<void> };
  sanitize: {
    query(query: object, schema: object, options: object): Promise<Wanted>;
    output(data: unknown, schema: object, options: object): Promise<unknown>;
  };
}

interface Documents {
  findMany(params: object): Promise<Entry[]>;
}

/**
 * Reads entries of a type as the content API would give them to whoever sends a request: filters, fields and relations that
 * they may not see are refused or left out, by Strapi's own rules.
 *
 * @throws Strapi's ValidationError where the request asks for what is not there or not theirs
 */
export async function entriesFor(strapi: Strapi, ctx: Context, uid: string, wanted: Wanted, locale?: string) {
  const auth = (await authenticate(strapi, ctx)) ?? undefined;
  const schema = strapi.contentType(uid as never) as object;
  const api = strapi.contentAPI as unknown as ContentApi;
  const documents = strapi.documents(uid as never) as unknown as Documents;
  await api.validate.query(wanted, schema, { auth });
  const { filters, ...shape } = await api.sanitize.query(wanted, schema, { auth });
  const asked = { status: 'published', ...(locale && { locale }), [NO_READ]: true };

  return {
    /** The documents that the filters let through. */
    async passing(): Promise<string[]> {
      const entries = await documents.findMany({ ...asked, filters, fields: ['documentId'] });
      return entries.map(({ documentId }) => documentId);
    },

    /** Entries by document id. */
    async read(documentIds: string[]): Promise<Map<string, unknown>> {
      const entries = await documents.findMany({
        ...asked,
        ...shape,
        filters: { documentId: { $in: documentIds } },
        limit: documentIds.length,
      });
      const cleaned = (await api.sanitize.output(entries, schema, { auth })) as Entry[];
      return new Map(cleaned.map((entry) => [entry.documentId, entry]));
    },
  };
}
